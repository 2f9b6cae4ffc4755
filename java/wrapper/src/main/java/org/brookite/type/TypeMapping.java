package org.brookite.type;

import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple;
import org.apache.flink.api.java.typeutils.TupleTypeInfo;
import org.brookite.proto.DataType;
import org.brookite.proto.Primitive;
import org.brookite.proto.TupleType;

/**
 * Which Flink type stands for which Rust type.
 *
 * <pre>
 * BOOLEAN  Types.BOOLEAN                      bool
 * INT      Types.INT                          i32
 * BIGINT   Types.LONG                         i64
 * DOUBLE   Types.DOUBLE                       f64
 * STRING   Types.STRING                       &amp;str, String
 * BYTES    Types.PRIMITIVE_ARRAY(Types.BYTE)  &amp;[u8], Vec&lt;u8&gt;
 * TUPLE    Types.TUPLE(...)                   a tuple
 * ROW      InternalTypeInfo.of(rowType)       a struct with #[derive(Row)]
 * </pre>
 *
 * <p>Null has a place in the fields of a ROW, as their type says, and in a TUPLE's STRING fields,
 * where Flink's serializer always allows it. A record itself is never null.
 */
public final class TypeMapping {

  /** By name, so that jobs without rows do not need the table runtime on their class path. */
  private static final String ROW_TYPE_INFO =
      "org.apache.flink.table.runtime.typeutils.InternalTypeInfo";

  private TypeMapping() {}

  /**
   * Returns the description of a Flink type.
   *
   * @throws UnsupportedTypeException when Rust functions have no counterpart for it
   */
  public static DataType toDataType(TypeInformation<?> type) {
    if (type.equals(Types.BOOLEAN)) {
      return DataTypes.of(Primitive.PRIMITIVE_BOOLEAN);
    } else if (type.equals(Types.INT)) {
      return DataTypes.of(Primitive.PRIMITIVE_INT);
    } else if (type.equals(Types.LONG)) {
      return DataTypes.of(Primitive.PRIMITIVE_BIGINT);
    } else if (type.equals(Types.DOUBLE)) {
      return DataTypes.of(Primitive.PRIMITIVE_DOUBLE);
    } else if (type.equals(Types.STRING)) {
      return DataTypes.of(Primitive.PRIMITIVE_STRING);
    } else if (type.equals(Types.PRIMITIVE_ARRAY(Types.BYTE))) {
      return DataTypes.of(Primitive.PRIMITIVE_BYTES);
    } else if (type instanceof TupleTypeInfo) {
      return toTuple((TupleTypeInfo<?>) type);
    } else if (type.getClass().getName().equals(ROW_TYPE_INFO)) {
      return RowTypes.toDataType(type);
    }
    throw new UnsupportedTypeException(
        String.format(
            "Flink type %s has no counterpart in Rust; there are BOOLEAN, INT, LONG, DOUBLE, STRING,"
                + " PRIMITIVE_ARRAY(BYTE), TUPLE of these, and InternalTypeInfo of a row",
            type));
  }

  private static DataType toTuple(TupleTypeInfo<?> type) {
    if (type.getTypeClass() != Tuple.getTupleClass(type.getArity())) {
      throw new UnsupportedTypeException(
          String.format(
              "%s is a subclass of a tuple, which has no counterpart in Rust; use Tuple%d itself",
              type.getTypeClass().getName(), type.getArity()));
    }
    TupleType.Builder tuple = TupleType.newBuilder();
    for (int i = 0; i < type.getArity(); i++) {
      DataType field = toDataType(type.getTypeAt(i));
      boolean string = DataTypes.is(field, Primitive.PRIMITIVE_STRING);
      tuple.addFields(DataTypes.withNullability(field, string));
    }
    return DataTypes.of(tuple.build());
  }

  /**
   * Returns the Flink type that a description stands for.
   *
   * @throws UnsupportedTypeException when Flink has no counterpart for it
   */
  public static TypeInformation<?> toTypeInformation(DataType type) {
    switch (type.getKindCase()) {
      case PRIMITIVE:
        return toTypeInformation(type.getPrimitive());
      case TUPLE:
        return toTupleInfo(type.getTuple());
      case ROW:
        return RowTypes.toTypeInformation(type.getRow());
      default:
        throw ofLaterVersion();
    }
  }

  private static TypeInformation<?> toTypeInformation(Primitive primitive) {
    switch (primitive) {
      case PRIMITIVE_BOOLEAN:
        return Types.BOOLEAN;
      case PRIMITIVE_INT:
        return Types.INT;
      case PRIMITIVE_BIGINT:
        return Types.LONG;
      case PRIMITIVE_DOUBLE:
        return Types.DOUBLE;
      case PRIMITIVE_STRING:
        return Types.STRING;
      case PRIMITIVE_BYTES:
        return Types.PRIMITIVE_ARRAY(Types.BYTE);
      default:
        throw ofLaterVersion();
    }
  }

  private static TypeInformation<?> toTupleInfo(TupleType tuple) {
    return new TupleTypeInfo<>(
        tuple.getFieldsList().stream()
            .map(TypeMapping::toTypeInformation)
            .toArray(TypeInformation[]::new));
  }

  static UnsupportedTypeException ofLaterVersion() {
    return new UnsupportedTypeException(
        "the library describes a type that this version of brookite-flink does not know");
  }
}
