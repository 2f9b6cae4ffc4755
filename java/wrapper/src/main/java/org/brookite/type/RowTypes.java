package org.brookite.type;

import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.table.runtime.typeutils.InternalTypeInfo;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.VarCharType;
import org.brookite.proto.DataType;
import org.brookite.proto.Primitive;

/** The part of {@link TypeMapping} that needs Flink's table runtime: SQL's types on a stream. */
final class RowTypes {

  private static final VarCharType STRING = new VarCharType(false, VarCharType.MAX_LENGTH);

  private RowTypes() {}

  /** Describes one of the table runtime's types. */
  static DataType toDataType(TypePath path, TypeInformation<?> type, Place place) {
    if (!(type instanceof InternalTypeInfo)) {
      throw path.unsupported(
          "Flink type %s converts values of Java's classes, which has no counterpart in Rust: use"
              + " SQL's own, as in toDataStream(table, rowType.bridgedTo(RowData.class)) or"
              + " InternalTypeInfo.of(logicalType)",
          type);
    }
    LogicalType logical = ((InternalTypeInfo<?>) type).toLogicalType();
    DataType described = ColumnTypes.toDataType(path, logical);
    if (DataTypes.is(described, Primitive.PRIMITIVE_STRING)) {
      // On a stream, STRING is Java's String.
      described = DataTypes.of(Primitive.PRIMITIVE_STRING_DATA);
    }
    // Types of SQL are nullable unless they say otherwise; on a stream that needs a place for null.
    return DataTypes.withNullability(described, place == Place.MARKED && logical.isNullable());
  }

  static TypeInformation<?> toTypeInformation(TypePath path, DataType type, ClassLoader classes) {
    return InternalTypeInfo.of(new ToLogicalTypes(classes).of(path, type));
  }

  /** Returns the type of Flink's StringData, without a bound. */
  static TypeInformation<?> stringData() {
    return InternalTypeInfo.of(STRING);
  }
}
