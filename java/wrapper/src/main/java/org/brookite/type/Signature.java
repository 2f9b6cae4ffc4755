package org.brookite.type;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.brookite.RustJobException;
import org.brookite.proto.DataType;
import org.brookite.proto.Function;
import org.brookite.proto.Manifest;
import org.brookite.type.TypeDifference.Direction;

/**
 * What a chain of Rust functions takes and returns, checked against the streams around it while the
 * job is built.
 */
public final class Signature {

  private final String library;
  private final List<Function> functions;

  private Signature(String library, List<Function> functions) {
    this.library = library;
    this.functions = functions;
  }

  /**
   * Looks functions up and checks that they fit each other.
   *
   * @param library how messages call the library
   * @param manifest what the library offers
   * @param names the functions, in the order in which a record passes them; at least one
   * @throws RustJobException when the library lacks one, or they cannot follow one another
   */
  public static Signature of(String library, Manifest manifest, List<String> names) {
    List<Function> functions = new ArrayList<>();
    for (String name : names) {
      functions.add(find(library, manifest, name));
    }
    for (int i = 1; i < functions.size(); i++) {
      checkLink(library, functions.get(i - 1), functions.get(i));
    }
    return new Signature(library, functions);
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

  private static void checkLink(String library, Function first, Function second) {
    if (second.hasKey()) {
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

  /** Returns the names of the functions. */
  public List<String> names() {
    return functions.stream().map(Function::getName).collect(Collectors.toList());
  }

  /** Returns the type of the records that go in. */
  public DataType input() {
    return functions.get(0).getInput();
  }

  /** Returns the type of the key, nothing for functions of streams that are not keyed. */
  public Optional<DataType> key() {
    Function first = functions.get(0);
    return first.hasKey() ? Optional.of(first.getKey()) : Optional.empty();
  }

  /** Returns the type of the records that come out. */
  public DataType output() {
    return last().getOutput();
  }

  /** Returns the Flink type of the records that come out. */
  public TypeInformation<?> outputInformation() {
    if (output().getNullable()) {
      throw mismatch("output", last(), output(), "a record that may be null");
    }
    TypeInformation<?> information;
    try {
      information = TypeMapping.toTypeInformation(output());
    } catch (UnsupportedTypeException e) {
      throw mismatch("output", last(), output(), e.getMessage());
    }
    checkOutput(information);
    return information;
  }

  /**
   * Checks the stream that goes in.
   *
   * @throws RustJobException when its type is not the one that the first function takes
   */
  public void checkInput(TypeInformation<?> stream) {
    check("input", functions.get(0), input(), stream, Direction.INTO_RUST);
  }

  /**
   * Checks that the stream that goes in is keyed by what the function expects.
   *
   * @param streamKey type of the stream's key, nothing when it is not keyed
   * @throws RustJobException when the stream is keyed and the function is not, or the other way
   *     round, or the types differ
   */
  public void checkKey(Optional<TypeInformation<?>> streamKey) {
    Function first = functions.get(0);
    if (!first.hasKey() && streamKey.isPresent()) {
      throw new RustJobException(
          String.format(
              "Rust function '%s' of %s is not keyed: expected a stream without key,"
                  + " found one keyed by %s; hand it over before keyBy",
              first.getName(), library, streamKey.get()));
    }
    if (first.hasKey() && !streamKey.isPresent()) {
      throw new RustJobException(
          String.format(
              "Rust function '%s' of %s is keyed: expected a stream keyed by %s,"
                  + " found one without key; call keyBy first",
              first.getName(), library, DataTypes.describeKind(first.getKey())));
    }
    if (first.hasKey()) {
      check("key", first, first.getKey(), streamKey.get(), Direction.INTO_RUST);
    }
  }

  /**
   * Checks the type that the job gives the results.
   *
   * @throws RustJobException when the last function returns another
   */
  public void checkOutput(TypeInformation<?> declared) {
    check("output", last(), output(), declared, Direction.OUT_OF_RUST);
  }

  private void check(
      String role, Function function, DataType rust, TypeInformation<?> flink, Direction way) {
    DataType found;
    try {
      found = TypeMapping.toDataType(flink);
    } catch (UnsupportedTypeException e) {
      throw mismatch(role, function, rust, e.getMessage());
    }
    Optional<String> difference = TypeDifference.between(found, rust, way);
    if (difference.isPresent()) {
      throw mismatch(role, function, rust, DataTypes.describeKind(found) + "; " + difference.get());
    }
  }

  private RustJobException mismatch(
      String role, Function function, DataType expected, String found) {
    return new RustJobException(
        String.format(
            "%s type of Rust function '%s' of %s does not match: expected %s, found %s",
            role, function.getName(), library, DataTypes.describeKind(expected), found));
  }

  private Function last() {
    return functions.get(functions.size() - 1);
  }
}
