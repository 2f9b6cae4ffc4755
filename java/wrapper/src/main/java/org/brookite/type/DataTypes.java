package org.brookite.type;

import java.util.stream.Collectors;
import org.brookite.proto.DataType;
import org.brookite.proto.Primitive;
import org.brookite.proto.RowType;
import org.brookite.proto.TupleType;

/** Makes and describes {@link DataType}s. */
public final class DataTypes {

  private DataTypes() {}

  static DataType of(Primitive primitive) {
    return DataType.newBuilder().setPrimitive(primitive).build();
  }

  static DataType of(TupleType tuple) {
    return DataType.newBuilder().setTuple(tuple).build();
  }

  static DataType of(RowType row) {
    return DataType.newBuilder().setRow(row).build();
  }

  static DataType withNullability(DataType type, boolean nullable) {
    return type.toBuilder().setNullable(nullable).build();
  }

  static boolean is(DataType type, Primitive primitive) {
    return type.hasPrimitive() && type.getPrimitive() == primitive;
  }

  /**
   * Describes a type as Flink SQL writes it, for example {@code ROW<word STRING NOT NULL, n
   * BIGINT>}. Nullability of the whole is left out.
   */
  public static String describe(DataType type) {
    switch (type.getKindCase()) {
      case PRIMITIVE:
        return describe(type.getPrimitive());
      case TUPLE:
        return type.getTuple().getFieldsList().stream()
            .map(DataTypes::describeField)
            .collect(Collectors.joining(", ", "TUPLE<", ">"));
      case ROW:
        return type.getRow().getFieldsList().stream()
            .map(field -> field.getName() + " " + describeField(field.getType()))
            .collect(Collectors.joining(", ", "ROW<", ">"));
      default:
        return "a type of a later version";
    }
  }

  /** Describes a type with its nullability, for example {@code BIGINT NOT NULL}. */
  public static String describeField(DataType type) {
    return describe(type) + (type.getNullable() ? "" : " NOT NULL");
  }

  private static String describe(Primitive primitive) {
    return primitive == Primitive.UNRECOGNIZED
        ? "a type of a later version"
        : primitive.name().substring("PRIMITIVE_".length());
  }
}
