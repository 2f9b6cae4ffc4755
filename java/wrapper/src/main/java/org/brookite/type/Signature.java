package org.brookite.type;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.brookite.RustJobException;
import org.brookite.proto.DataType;
import org.brookite.proto.Function;
import org.brookite.proto.Manifest;
import org.brookite.proto.SideOutputType;
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
   * @param use what the first function is called on
   * @param names the functions, in the order in which a record passes them; at least one
   * @throws RustJobException when the library lacks one, the first is called on something else, or
   *     they cannot follow one another
   */
  public static Signature of(
      String library, Manifest manifest, FunctionUse use, List<String> names) {
    return new Signature(library, FunctionChain.find(library, manifest, use, names));
  }

  /** Returns the names of the functions. */
  public List<String> names() {
    return functions.stream().map(Function::getName).collect(Collectors.toList());
  }

  /** Returns the type of the records that go in. */
  public DataType input() {
    return functions.get(0).getInput();
  }

  /** Returns the type of the records of the second stream, nothing for functions of one. */
  public Optional<DataType> secondInput() {
    Function first = functions.get(0);
    return first.hasSecondInput() ? Optional.of(first.getSecondInput()) : Optional.empty();
  }

  /** Returns the type of the key, nothing for functions that do not look at it. */
  public Optional<DataType> key() {
    return functions.stream().filter(Function::hasKey).map(Function::getKey).findFirst();
  }

  /**
   * Returns the types of the records that come out beside the results, by the side outputs' names.
   *
   * @throws RustJobException when two functions use one name for different types
   */
  public Map<String, DataType> sideOutputs() {
    Map<String, DataType> outputs = new LinkedHashMap<>();
    for (Function function : functions) {
      for (SideOutputType side : function.getSideOutputsList()) {
        DataType other = outputs.putIfAbsent(side.getName(), side.getType());
        if (other != null && !other.equals(side.getType())) {
          throw new RustJobException(
              String.format(
                  "Rust function '%s' of %s has a side output '%s' of type %s, and a function before"
                      + " it has one of that name of type %s: run them in two stages",
                  function.getName(),
                  library,
                  side.getName(),
                  DataTypes.describeKind(side.getType()),
                  DataTypes.describeKind(other)));
        }
      }
    }
    return outputs;
  }

  /** Returns the type of the records that come out. */
  public DataType output() {
    return last().getOutput();
  }

  /** Returns the Flink type of the records that come out. */
  public TypeInformation<?> outputInformation() {
    return information("output", last(), output());
  }

  /** Returns the Flink type of the records of a side output. */
  public TypeInformation<?> sideInformation(String name) {
    return information(sideRole(name), last(), sideOutput(name));
  }

  private TypeInformation<?> information(String role, Function function, DataType type) {
    if (type.getNullable()) {
      throw mismatch(role, function, type, "a record that may be null");
    }
    TypeInformation<?> information;
    try {
      information = TypeMapping.toTypeInformation(type);
    } catch (UnsupportedTypeException e) {
      throw mismatch(role, function, type, e.getMessage());
    }
    check(role, function, type, information, Direction.OUT_OF_RUST);
    return information;
  }

  private static String sideRole(String name) {
    return "side output '" + name + "'";
  }

  private DataType sideOutput(String name) {
    DataType type = sideOutputs().get(name);
    if (type == null) {
      Set<String> names = sideOutputs().keySet();
      throw new RustJobException(
          String.format(
              "Rust function '%s' of %s has no side output '%s': it has %s",
              String.join(" -> ", names()),
              library,
              name,
              names.isEmpty() ? "none" : String.join(", ", names)));
    }
    return type;
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
   * Checks the second stream that goes in.
   *
   * @throws RustJobException when its type is not the one that the first function takes there, or
   *     the function takes one stream alone
   */
  public void checkSecondInput(TypeInformation<?> stream) {
    Function first = functions.get(0);
    if (!first.hasSecondInput()) {
      throw new RustJobException(
          String.format(
              "Rust function '%s' of %s takes one stream, found two", first.getName(), library));
    }
    check("second input", first, first.getSecondInput(), stream, Direction.INTO_RUST);
  }

  /**
   * Checks that the stream that goes in is keyed by what the functions expect.
   *
   * @param streamKey type of the stream's key, nothing when it is not keyed
   * @throws RustJobException when the stream is keyed and the function is not, or the other way
   *     round, or the types differ
   */
  public void checkKey(Optional<TypeInformation<?>> streamKey) {
    Function first = functions.get(0);
    FunctionKind.Keys keys = FunctionKind.keys(first);
    if (keys == FunctionKind.Keys.NONE && streamKey.isPresent()) {
      throw new RustJobException(
          String.format(
              "Rust function '%s' of %s is not keyed: expected a stream without key,"
                  + " found one keyed by %s; hand it over before keyBy",
              first.getName(), library, streamKey.get()));
    }
    if (keys == FunctionKind.Keys.NEEDED && !streamKey.isPresent()) {
      throw new RustJobException(
          String.format(
              "Rust function '%s' of %s is keyed: expected a stream keyed%s,"
                  + " found one without key; call keyBy first",
              first.getName(),
              library,
              key().map(key -> " by " + DataTypes.describeKind(key)).orElse("")));
    }
    for (Function function : functions) {
      if (function.hasKey()) {
        check("key", function, function.getKey(), streamKey.get(), Direction.INTO_RUST);
      }
    }
  }

  /**
   * Returns the type of the key as Rust is to see it.
   *
   * @param streamKey type of the stream's key
   * @throws RustJobException when no function says which type it expects, and Rust knows none that
   *     is the stream's
   */
  public DataType keyOf(TypeInformation<?> streamKey) {
    if (key().isPresent()) {
      return key().get();
    }
    try {
      return TypeMapping.toDataType(streamKey);
    } catch (UnsupportedTypeException e) {
      throw new RustJobException(
          String.format(
              "Rust function '%s' of %s cannot be called on a stream keyed by %s: %s",
              functions.get(0).getName(), library, streamKey, e.getMessage()),
          e);
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

  /**
   * Checks the type that the job gives the records of a side output.
   *
   * @throws RustJobException when there is no such side output or its records are of another type
   */
  public void checkSideOutput(String name, TypeInformation<?> declared) {
    check(sideRole(name), last(), sideOutput(name), declared, Direction.OUT_OF_RUST);
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
