package org.brookite.type;

import java.util.List;
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
 *
 * <p>Java's own types do not say whether a value may be null. Where its form has a place for null,
 * a Rust type with and one without {@code Option} both fit, and a null that meets one without is an
 * error that names the field. Where it has none, {@link NullableTypeInfo} and {@code Option} must
 * come together.
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
    TypeDifference difference = new TypeDifference(direction);
    return Optional.ofNullable(difference.types(TypePath.ROOT, flink, rust, Place.BARE));
  }

  private String types(TypePath path, DataType flink, DataType rust, Place place) {
    String difference = kinds(path, flink, rust);
    return difference != null ? difference : nullability(path, flink, rust, place);
  }

  private String kinds(TypePath path, DataType flink, DataType rust) {
    if (flink.getKindCase() != rust.getKindCase()) {
      return differ(path, flink, rust);
    }
    Place inside = Place.inside(rust);
    switch (flink.getKindCase()) {
      case TUPLE:
        return tuples(path, flink, rust);
      case ROW:
        return fields(
            path, flink, rust, flink.getRow().getFieldsList(), rust.getRow().getFieldsList());
      case JAVA_ROW:
        return fields(
            path,
            flink,
            rust,
            flink.getJavaRow().getFieldsList(),
            rust.getJavaRow().getFieldsList());
      case POJO:
        return named(flink.getPojo().getClassName(), rust.getPojo().getClassName())
            ? fields(
                path, flink, rust, flink.getPojo().getFieldsList(), rust.getPojo().getFieldsList())
            : differ(path, flink, rust);
      case COLLECTION:
        if (flink.getCollection().getKind() != rust.getCollection().getKind()) {
          return differ(path, flink, rust);
        }
        return types(
            path.element(),
            flink.getCollection().getElement(),
            rust.getCollection().getElement(),
            inside);
      case MAP:
        if (flink.getMap().getKind() != rust.getMap().getKind()) {
          return differ(path, flink, rust);
        }
        String keys =
            types(
                path.key(),
                flink.getMap().getKey(),
                rust.getMap().getKey(),
                Place.ofKey(rust.getMap().getKind()));
        return keys != null
            ? keys
            : types(path.value(), flink.getMap().getValue(), rust.getMap().getValue(), inside);
      case EITHER:
        String left =
            types(path.left(), flink.getEither().getLeft(), rust.getEither().getLeft(), inside);
        return left != null
            ? left
            : types(
                path.right(), flink.getEither().getRight(), rust.getEither().getRight(), inside);
      case NULLABLE_VALUE:
        return types(path.inside(), flink.getNullableValue(), rust.getNullableValue(), inside);
      case ENUMERATION:
        boolean sameEnum =
            named(flink.getEnumeration().getClassName(), rust.getEnumeration().getClassName())
                && flink
                    .getEnumeration()
                    .getConstantsList()
                    .equals(rust.getEnumeration().getConstantsList());
        return sameEnum ? null : differ(path, flink, rust);
      case RAW:
        boolean sameRaw =
            named(flink.getRaw().getClassName(), rust.getRaw().getClassName())
                && named(flink.getRaw().getSerializer(), rust.getRaw().getSerializer());
        return sameRaw ? null : differ(path, flink, rust);
      default:
        return DataTypes.withNullability(flink, false)
                .equals(DataTypes.withNullability(rust, false))
            ? null
            : differ(path, flink, rust);
    }
  }

  /** Whether Rust means this name: it need not give one. */
  private static boolean named(String flink, String rust) {
    return rust.isEmpty() || flink.equals(rust);
  }

  private String tuples(TypePath path, DataType flink, DataType rust) {
    int arity = flink.getTuple().getFieldsCount();
    if (arity != rust.getTuple().getFieldsCount()) {
      return differ(path, flink, rust);
    }
    for (int i = 0; i < arity; i++) {
      String difference =
          types(
              path.field("f" + i),
              flink.getTuple().getFields(i),
              rust.getTuple().getFields(i),
              Place.BARE);
      if (difference != null) {
        return difference;
      }
    }
    return null;
  }

  private String fields(
      TypePath path, DataType flink, DataType rust, List<Field> inFlink, List<Field> inRust) {
    if (inFlink.size() != inRust.size()) {
      return differ(path, flink, rust);
    }
    for (int i = 0; i < inFlink.size(); i++) {
      Field left = inFlink.get(i);
      Field right = inRust.get(i);
      if (!left.getName().equals(right.getName())) {
        return String.format(
            "%s %d%s is '%s' in Rust and '%s' in Flink",
            flink.hasRow() ? "column" : "field",
            i + 1,
            path.isUnnamed() ? "" : " of " + path,
            right.getName(),
            left.getName());
      }
      TypePath inside = path.field(left.getName());
      String difference = types(inside, left.getType(), right.getType(), Place.inside(rust));
      if (difference != null) {
        return difference;
      }
    }
    return null;
  }

  private String nullability(TypePath path, DataType flink, DataType rust, Place place) {
    if (place == Place.BARE && rust.getNullable() && isMisread(rust)) {
      return path
          + " may be null in Rust, and Flink misreads a null java.sql.Timestamp: make it no"
          + " Option, or wrap Flink's type in NullableTypeInfo.of(..), or use Instant";
    }
    boolean nullInFlink = flink.getNullable();
    boolean nullInRust = rust.getNullable();
    if (nullInFlink == nullInRust) {
      return null;
    }
    switch (place) {
      case COLUMN:
        return columnNullability(path, nullInFlink);
      case MARKED:
        // Of Java's fields, those of a primitive type alone cannot be null.
        return direction == Direction.OUT_OF_RUST && nullInRust
            ? path + " is an Option in Rust but cannot be null in Java: make it no Option"
            : null;
      default:
        if (Place.writesNull(rust)) {
          return null;
        }
        return nullInRust
            ? path
                + " is an Option in Rust, but Flink's type has no form for null: wrap it in"
                + " NullableTypeInfo.of(..)"
            : path
                + " is behind a NullableSerializer in Flink: make it an Option in Rust, or unwrap"
                + " Flink's type";
    }
  }

  /** Of a null Timestamp, SqlTimestampSerializer writes twelve bytes and reads eight. */
  private boolean isMisread(DataType rust) {
    return direction == Direction.OUT_OF_RUST
        && DataTypes.is(rust, Primitive.PRIMITIVE_SQL_TIMESTAMP);
  }

  private String columnNullability(TypePath path, boolean nullInFlink) {
    if (direction == Direction.INTO_RUST && nullInFlink) {
      return path
          + " may be null in Flink but not in Rust: make the Rust field an Option,"
          + " or declare the column NOT NULL";
    }
    if (direction == Direction.OUT_OF_RUST && !nullInFlink) {
      return path
          + " is an Option in Rust but NOT NULL in Flink: declare the column nullable,"
          + " or make the Rust field no Option";
    }
    return null;
  }

  private static String differ(TypePath path, DataType flink, DataType rust) {
    return String.format(
        "%s is %s in Rust and %s in Flink",
        path, DataTypes.describeKind(rust), DataTypes.describeKind(flink));
  }
}
