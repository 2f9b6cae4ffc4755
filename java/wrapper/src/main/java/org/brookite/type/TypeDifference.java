package org.brookite.type;

import java.util.Optional;
import org.brookite.proto.DataType;
import org.brookite.proto.Field;
import org.brookite.proto.Primitive;

/**
 * Finds the first place where the type of a stream and the type of a Rust function do not fit.
 *
 * <p>Kinds, names and order must be the same. Null may flow only to where null is allowed: so a
 * column that is NOT NULL fits a Rust {@code Option} on the way into Rust, and a Rust field that is
 * no {@code Option} fits a nullable column on the way out.
 */
final class TypeDifference {

  /** Which way the records go. */
  enum Direction {
    INTO_RUST,
    OUT_OF_RUST
  }

  private final Direction direction;

  private TypeDifference(Direction direction) {
    this.direction = direction;
  }

  /** Returns a sentence on the first difference, nothing when records can flow. */
  static Optional<String> between(DataType flink, DataType rust, Direction direction) {
    if (rust.getNullable()) {
      return Optional.of(
          "the function's type is an Option in Rust, and a record of its own is never null");
    }
    return Optional.ofNullable(new TypeDifference(direction).kinds("", flink, rust));
  }

  private String kinds(String path, DataType flink, DataType rust) {
    if (flink.getKindCase() != rust.getKindCase()) {
      return differ(path, flink, rust);
    }
    switch (flink.getKindCase()) {
      case PRIMITIVE:
        return flink.getPrimitive() == rust.getPrimitive() ? null : differ(path, flink, rust);
      case TUPLE:
        return tuples(path, flink, rust);
      case ROW:
        return rows(path, flink, rust);
      default:
        return differ(path, flink, rust);
    }
  }

  private String tuples(String path, DataType flink, DataType rust) {
    int arity = flink.getTuple().getFieldsCount();
    if (arity != rust.getTuple().getFieldsCount()) {
      return differ(path, flink, rust);
    }
    for (int i = 0; i < arity; i++) {
      DataType left = flink.getTuple().getFields(i);
      DataType right = rust.getTuple().getFields(i);
      String field = join(path, "f" + i);
      String difference = kinds(field, left, right);
      if (difference == null
          && right.getNullable()
          && !DataTypes.is(right, Primitive.PRIMITIVE_STRING)) {
        difference =
            String.format(
                "'%s' is an Option in Rust, but of a tuple's fields in Flink only STRING may be null",
                field);
      }
      if (difference != null) {
        return difference;
      }
    }
    return null;
  }

  private String rows(String path, DataType flink, DataType rust) {
    int arity = flink.getRow().getFieldsCount();
    if (arity != rust.getRow().getFieldsCount()) {
      return differ(path, flink, rust);
    }
    for (int i = 0; i < arity; i++) {
      Field left = flink.getRow().getFields(i);
      Field right = rust.getRow().getFields(i);
      String difference = columns(path, i, left, right);
      if (difference != null) {
        return difference;
      }
    }
    return null;
  }

  private String columns(String path, int index, Field flink, Field rust) {
    if (!flink.getName().equals(rust.getName())) {
      return String.format(
          "column %d%s is '%s' in Rust and '%s' in Flink",
          index + 1, path.isEmpty() ? "" : " of '" + path + "'", rust.getName(), flink.getName());
    }
    String column = join(path, flink.getName());
    String difference = kinds(column, flink.getType(), rust.getType());
    return difference != null ? difference : nullability(column, flink, rust);
  }

  private String nullability(String column, Field flink, Field rust) {
    boolean nullInFlink = flink.getType().getNullable();
    boolean nullInRust = rust.getType().getNullable();
    if (direction == Direction.INTO_RUST && nullInFlink && !nullInRust) {
      return String.format(
          "'%s' may be null in Flink but not in Rust: make the Rust field an Option,"
              + " or declare the column NOT NULL",
          column);
    }
    if (direction == Direction.OUT_OF_RUST && nullInRust && !nullInFlink) {
      return String.format(
          "'%s' is an Option in Rust but NOT NULL in Flink: declare the column nullable,"
              + " or make the Rust field no Option",
          column);
    }
    return null;
  }

  private static String differ(String path, DataType flink, DataType rust) {
    return String.format(
        "%s is %s in Rust and %s in Flink",
        path.isEmpty() ? "the whole" : "'" + path + "'",
        DataTypes.describe(rust),
        DataTypes.describe(flink));
  }

  private static String join(String path, String name) {
    return path.isEmpty() ? name : path + "." + name;
  }
}
