package org.brookite.type;

import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.table.runtime.typeutils.InternalTypeInfo;
import org.apache.flink.table.types.logical.BigIntType;
import org.apache.flink.table.types.logical.BooleanType;
import org.apache.flink.table.types.logical.DoubleType;
import org.apache.flink.table.types.logical.IntType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.VarBinaryType;
import org.apache.flink.table.types.logical.VarCharType;
import org.brookite.proto.DataType;
import org.brookite.proto.Field;
import org.brookite.proto.Primitive;

/** The part of {@link TypeMapping} that needs Flink's table runtime: rows and their columns. */
final class RowTypes {

  private RowTypes() {}

  static DataType toDataType(TypeInformation<?> type) {
    LogicalType logical = ((InternalTypeInfo<?>) type).toLogicalType();
    if (!(logical instanceof RowType)) {
      throw new UnsupportedTypeException(
          String.format("%s stands alone; of Flink's internal types only ROW can", logical));
    }
    // A record is never null, and the root of a row type is nullable unless said otherwise.
    return row((RowType) logical);
  }

  private static DataType row(RowType type) {
    org.brookite.proto.RowType.Builder row = org.brookite.proto.RowType.newBuilder();
    for (RowType.RowField field : type.getFields()) {
      DataType column = column(field.getName(), field.getType());
      row.addFields(
          Field.newBuilder()
              .setName(field.getName())
              .setType(DataTypes.withNullability(column, field.getType().isNullable())));
    }
    return DataTypes.of(row.build());
  }

  private static DataType column(String name, LogicalType type) {
    switch (type.getTypeRoot()) {
      case BOOLEAN:
        return DataTypes.of(Primitive.PRIMITIVE_BOOLEAN);
      case INTEGER:
        return DataTypes.of(Primitive.PRIMITIVE_INT);
      case BIGINT:
        return DataTypes.of(Primitive.PRIMITIVE_BIGINT);
      case DOUBLE:
        return DataTypes.of(Primitive.PRIMITIVE_DOUBLE);
      case VARCHAR:
        if (((VarCharType) type).getLength() == VarCharType.MAX_LENGTH) {
          return DataTypes.of(Primitive.PRIMITIVE_STRING);
        }
        break;
      case VARBINARY:
        if (((VarBinaryType) type).getLength() == VarBinaryType.MAX_LENGTH) {
          return DataTypes.of(Primitive.PRIMITIVE_BYTES);
        }
        break;
      case ROW:
        return row((RowType) type);
      default:
        break;
    }
    throw new UnsupportedTypeException(
        String.format(
            "column '%s' is %s, which has no counterpart in Rust; there are BOOLEAN, INT, BIGINT,"
                + " DOUBLE, STRING, BYTES and ROW",
            name, type.asSummaryString()));
  }

  static TypeInformation<?> toTypeInformation(org.brookite.proto.RowType row) {
    return InternalTypeInfo.of(toLogicalType(row, false));
  }

  private static RowType toLogicalType(org.brookite.proto.RowType row, boolean nullable) {
    List<RowType.RowField> fields = new ArrayList<>();
    for (Field field : row.getFieldsList()) {
      fields.add(new RowType.RowField(field.getName(), toLogicalType(field.getType())));
    }
    return new RowType(nullable, fields);
  }

  private static LogicalType toLogicalType(DataType type) {
    boolean nullable = type.getNullable();
    switch (type.getKindCase()) {
      case PRIMITIVE:
        return toLogicalType(type.getPrimitive(), nullable);
      case ROW:
        return toLogicalType(type.getRow(), nullable);
      case TUPLE:
        throw new UnsupportedTypeException("a TUPLE cannot be a column of a ROW");
      default:
        throw TypeMapping.ofLaterVersion();
    }
  }

  private static LogicalType toLogicalType(Primitive primitive, boolean nullable) {
    switch (primitive) {
      case PRIMITIVE_BOOLEAN:
        return new BooleanType(nullable);
      case PRIMITIVE_INT:
        return new IntType(nullable);
      case PRIMITIVE_BIGINT:
        return new BigIntType(nullable);
      case PRIMITIVE_DOUBLE:
        return new DoubleType(nullable);
      case PRIMITIVE_STRING:
        return new VarCharType(nullable, VarCharType.MAX_LENGTH);
      case PRIMITIVE_BYTES:
        return new VarBinaryType(nullable, VarBinaryType.MAX_LENGTH);
      default:
        throw TypeMapping.ofLaterVersion();
    }
  }
}
