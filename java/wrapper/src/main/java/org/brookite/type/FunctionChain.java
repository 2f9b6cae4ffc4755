package org.brookite.type;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.brookite.RustJobException;
import org.brookite.proto.Function;
import org.brookite.proto.Manifest;

/** Finds the functions of a stage, and checks that they can follow one another. */
final class FunctionChain {

  private FunctionChain() {}

  /** Looks functions up; see {@link Signature#of}. */
  static List<Function> find(
      String library, Manifest manifest, FunctionUse use, List<String> names) {
    List<Function> functions = new ArrayList<>();
    for (String name : names) {
      functions.add(find(library, manifest, name));
    }
    checkUse(library, functions.get(0), use);
    for (int i = 1; i < functions.size(); i++) {
      checkLink(library, functions.get(i - 1), functions.get(i), i);
    }
    return functions;
  }

  private static Function find(String library, Manifest manifest, String name) {
    for (Function function : manifest.getFunctionsList()) {
      if (function.getName().equals(name)) {
        return function;
      }
    }
    String offered =
        manifest.getFunctionsList().stream()
            .map(Function::getName)
            .collect(Collectors.joining(", "));
    throw new RustJobException(
        String.format(
            "no Rust function '%s' in %s: it has %s",
            name, library, offered.isEmpty() ? "no functions at all" : offered));
  }

  private static void checkUse(String library, Function first, FunctionUse use) {
    FunctionUse expected = FunctionKind.use(first);
    if (expected != use) {
      throw new RustJobException(
          String.format(
              "Rust function '%s' of %s cannot be called by %s: write %s",
              first.getName(), library, use.written(), expected.written()));
    }
  }

  private static void checkLink(String library, Function first, Function second, int place) {
    FunctionUse use = FunctionKind.use(second);
    boolean ofWindow = place == 1 && endsWindow(first, second);
    if (use != FunctionUse.STREAM && !ofWindow) {
      throw new RustJobException(
          String.format(
              "Rust function '%s' of %s cannot follow '%s' in one stage: end the stage there, begin"
                  + " another and write %s",
              second.getName(), library, first.getName(), use.written()));
    }
    if (second.hasKey() && !ofWindow) {
      throw new RustJobException(
          String.format(
              "Rust function '%s' of %s is keyed and cannot follow '%s' in one stage:"
                  + " end the stage there, key its results and begin another",
              second.getName(), library, first.getName()));
    }
    if (!first.getOutput().equals(second.getInput())) {
      throw new RustJobException(
          String.format(
              "Rust function '%s' of %s cannot follow '%s': expected input %s, found %s",
              second.getName(),
              library,
              first.getName(),
              DataTypes.describeKind(second.getInput()),
              DataTypes.describeKind(first.getOutput())));
    }
  }

  /** A function of whole windows may be given what another one made of a window's records. */
  private static boolean endsWindow(Function first, Function second) {
    FunctionKind kind = FunctionKind.of(first);
    return FunctionKind.of(second) == FunctionKind.PROCESS_WINDOW
        && (kind == FunctionKind.AGGREGATE || kind == FunctionKind.REDUCE);
  }
}
