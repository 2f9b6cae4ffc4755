package org.brookite.type;

import java.util.List;
import org.apache.flink.table.types.logical.ArrayType;
import org.apache.flink.table.types.logical.BinaryType;
import org.apache.flink.table.types.logical.CharType;
import org.apache.flink.table.types.logical.DecimalType;
import org.apache.flink.table.types.logical.DistinctType;
import org.apache.flink.table.types.logical.LocalZonedTimestampType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.MapType;
import org.apache.flink.table.types.logical.MultisetType;
import org.apache.flink.table.types.logical.RawType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.StructuredType;
import org.apache.flink.table.types.logical.TimeType;
import org.apache.flink.table.types.logical.TimestampType;
import org.apache.flink.table.types.logical.VarBinaryType;
import org.apache.flink.table.types.logical.VarCharType;
import org.brookite.proto.BoundedType;
import org.brookite.proto.CollectionType;
import org.brookite.proto.DataType;
import org.brookite.proto.Primitive;

/** From Flink SQL's types to descriptions. */
final class ColumnTypes {

  private ColumnTypes() {}

  /** Describes a column's type with its nullability. */
  static DataType toDataType(TypePath path, LogicalType type) {
    return DataTypes.withNullability(kind(path, type), type.isNullable());
  }

  private static DataType kind(TypePath path, LogicalType type) {
    switch (type.getTypeRoot()) {
      case BOOLEAN:
        return DataTypes.of(Primitive.PRIMITIVE_BOOLEAN);
      case TINYINT:
        return DataTypes.of(Primitive.PRIMITIVE_TINYINT);
      case SMALLINT:
        return DataTypes.of(Primitive.PRIMITIVE_SMALLINT);
      case INTEGER:
        return DataTypes.of(Primitive.PRIMITIVE_INT);
      case BIGINT:
        return DataTypes.of(Primitive.PRIMITIVE_BIGINT);
      case FLOAT:
        return DataTypes.of(Primitive.PRIMITIVE_FLOAT);
      case DOUBLE:
        return DataTypes.of(Primitive.PRIMITIVE_DOUBLE);
      case DECIMAL:
        DecimalType decimal = (DecimalType) type;
        return DataTypes.decimal(decimal.getPrecision(), decimal.getScale());
      case CHAR:
        return bounded(path, BoundedType.Kind.KIND_CHAR, ((CharType) type).getLength());
      case VARCHAR:
        int characters = ((VarCharType) type).getLength();
        return characters == VarCharType.MAX_LENGTH
            ? DataTypes.of(Primitive.PRIMITIVE_STRING)
            : bounded(path, BoundedType.Kind.KIND_VARCHAR, characters);
      case BINARY:
        return bounded(path, BoundedType.Kind.KIND_BINARY, ((BinaryType) type).getLength());
      case VARBINARY:
        int bytes = ((VarBinaryType) type).getLength();
        return bytes == VarBinaryType.MAX_LENGTH
            ? DataTypes.of(Primitive.PRIMITIVE_BYTES)
            : bounded(path, BoundedType.Kind.KIND_VARBINARY, bytes);
      case DATE:
        return DataTypes.of(Primitive.PRIMITIVE_DATE);
      case TIME_WITHOUT_TIME_ZONE:
        return time(org.brookite.proto.TimeType.Kind.KIND_TIME, ((TimeType) type).getPrecision());
      case TIMESTAMP_WITHOUT_TIME_ZONE:
        return time(
            org.brookite.proto.TimeType.Kind.KIND_TIMESTAMP, ((TimestampType) type).getPrecision());
      case TIMESTAMP_WITH_LOCAL_TIME_ZONE:
        return time(
            org.brookite.proto.TimeType.Kind.KIND_TIMESTAMP_LTZ,
            ((LocalZonedTimestampType) type).getPrecision());
      case INTERVAL_YEAR_MONTH:
        return DataTypes.of(Primitive.PRIMITIVE_INTERVAL_YEAR_MONTH);
      case INTERVAL_DAY_TIME:
        return DataTypes.of(Primitive.PRIMITIVE_INTERVAL_DAY_TIME);
      case ARRAY:
        return DataTypes.collection(
            CollectionType.Kind.KIND_ARRAY,
            toDataType(path.element(), ((ArrayType) type).getElementType()));
      case MULTISET:
        return DataTypes.collection(
            CollectionType.Kind.KIND_MULTISET,
            toDataType(path.element(), ((MultisetType) type).getElementType()));
      case MAP:
        MapType map = (MapType) type;
        return DataTypes.map(
            org.brookite.proto.MapType.Kind.KIND_MAP,
            toDataType(path.key(), map.getKeyType()),
            toDataType(path.value(), map.getValueType()));
      case ROW:
        return row(path, ((RowType) type).getFieldNames(), type.getChildren());
      case STRUCTURED_TYPE:
        return structured(path, (StructuredType) type);
      case DISTINCT_TYPE:
        return kind(path.inside(), ((DistinctType) type).getSourceType());
      case RAW:
        if (type instanceof RawType) {
          return raw((RawType<?>) type);
        }
        break;
      default:
        break;
    }
    throw path.unsupported(
        "%s has no counterpart in Rust: cast the column to another type of SQL",
        type.asSummaryString());
  }

  private static DataType bounded(TypePath path, BoundedType.Kind kind, int length) {
    if (length == 0) {
      throw path.unsupported("the type of the empty literal is no column's: cast it to STRING");
    }
    return DataTypes.bounded(kind, length);
  }

  private static DataType time(org.brookite.proto.TimeType.Kind kind, int precision) {
    return DataTypes.time(kind, precision);
  }

  private static DataType structured(TypePath path, StructuredType type) {
    List<String> names =
        type.getAttributes().stream()
            .map(StructuredType.StructuredAttribute::getName)
            .collect(java.util.stream.Collectors.toList());
    return row(path, names, type.getChildren());
  }

  private static DataType row(TypePath path, List<String> names, List<LogicalType> types) {
    org.brookite.proto.RowType.Builder row = org.brookite.proto.RowType.newBuilder();
    for (int i = 0; i < names.size(); i++) {
      String name = names.get(i);
      row.addFields(DataTypes.field(name, toDataType(path.field(name), types.get(i))));
    }
    return DataTypes.of(row.build());
  }

  private static DataType raw(RawType<?> type) {
    org.brookite.proto.RawType raw =
        org.brookite.proto.RawType.newBuilder()
            .setClassName(type.getOriginatingClass().getName())
            .setSerializer(type.getSerializerString())
            .build();
    return DataType.newBuilder().setRaw(raw).build();
  }
}
