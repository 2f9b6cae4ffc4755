package org.brookite.type;

import java.util.ArrayList;
import java.util.List;
import org.apache.flink.table.api.TableException;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.types.logical.ArrayType;
import org.apache.flink.table.types.logical.BigIntType;
import org.apache.flink.table.types.logical.BinaryType;
import org.apache.flink.table.types.logical.BooleanType;
import org.apache.flink.table.types.logical.CharType;
import org.apache.flink.table.types.logical.DateType;
import org.apache.flink.table.types.logical.DayTimeIntervalType;
import org.apache.flink.table.types.logical.DecimalType;
import org.apache.flink.table.types.logical.DoubleType;
import org.apache.flink.table.types.logical.FloatType;
import org.apache.flink.table.types.logical.IntType;
import org.apache.flink.table.types.logical.LocalZonedTimestampType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.MapType;
import org.apache.flink.table.types.logical.MultisetType;
import org.apache.flink.table.types.logical.RawType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.SmallIntType;
import org.apache.flink.table.types.logical.TimeType;
import org.apache.flink.table.types.logical.TimestampType;
import org.apache.flink.table.types.logical.TinyIntType;
import org.apache.flink.table.types.logical.VarBinaryType;
import org.apache.flink.table.types.logical.VarCharType;
import org.apache.flink.table.types.logical.YearMonthIntervalType;
import org.brookite.proto.BoundedType;
import org.brookite.proto.CollectionType;
import org.brookite.proto.DataType;
import org.brookite.proto.Field;
import org.brookite.proto.Primitive;

/** From descriptions to Flink SQL's types. */
final class ToLogicalTypes {

  private final ClassLoader classes;

  ToLogicalTypes(ClassLoader classes) {
    this.classes = classes;
  }

  /** Returns the type of a column. */
  LogicalType of(TypePath path, DataType type) {
    try {
      return kind(path, type).copy(type.getNullable());
    } catch (ValidationException e) {
      // A precision or length that SQL does not have.
      throw path.unsupported("%s: %s", DataTypes.describeKind(type), e.getMessage());
    }
  }

  private LogicalType kind(TypePath path, DataType type) {
    switch (type.getKindCase()) {
      case PRIMITIVE:
        return primitive(path, type.getPrimitive());
      case BOUNDED:
        return bounded(path, type.getBounded());
      case DECIMAL:
        return new DecimalType(type.getDecimal().getPrecision(), type.getDecimal().getScale());
      case TIME:
        return time(path, type.getTime());
      case COLLECTION:
        return collection(path, type);
      case MAP:
        org.brookite.proto.MapType map = type.getMap();
        if (map.getKind() != org.brookite.proto.MapType.Kind.KIND_MAP) {
          throw noColumn(path, type);
        }
        return new MapType(of(path.key(), map.getKey()), of(path.value(), map.getValue()));
      case ROW:
        List<RowType.RowField> fields = new ArrayList<>();
        for (Field field : type.getRow().getFieldsList()) {
          LogicalType column = of(path.field(field.getName()), field.getType());
          fields.add(new RowType.RowField(field.getName(), column));
        }
        return new RowType(fields);
      case RAW:
        return raw(path, type.getRaw());
      case KIND_NOT_SET:
        throw ToFlink.ofLaterVersion(path);
      default:
        throw noColumn(path, type);
    }
  }

  private static UnsupportedTypeException noColumn(TypePath path, DataType type) {
    return path.unsupported(
        "%s cannot stand in a row: it is no type of SQL", DataTypes.describeKind(type));
  }

  private static LogicalType primitive(TypePath path, Primitive primitive) {
    switch (primitive) {
      case PRIMITIVE_BOOLEAN:
        return new BooleanType();
      case PRIMITIVE_TINYINT:
        return new TinyIntType();
      case PRIMITIVE_SMALLINT:
        return new SmallIntType();
      case PRIMITIVE_INT:
        return new IntType();
      case PRIMITIVE_BIGINT:
        return new BigIntType();
      case PRIMITIVE_FLOAT:
        return new FloatType();
      case PRIMITIVE_DOUBLE:
        return new DoubleType();
      case PRIMITIVE_STRING:
        return new VarCharType(VarCharType.MAX_LENGTH);
      case PRIMITIVE_BYTES:
        return new VarBinaryType(VarBinaryType.MAX_LENGTH);
      case PRIMITIVE_DATE:
        return new DateType();
      case PRIMITIVE_INTERVAL_YEAR_MONTH:
        return new YearMonthIntervalType(YearMonthIntervalType.YearMonthResolution.YEAR_TO_MONTH);
      case PRIMITIVE_INTERVAL_DAY_TIME:
        return new DayTimeIntervalType(DayTimeIntervalType.DayTimeResolution.DAY_TO_SECOND);
      case PRIMITIVE_UNSPECIFIED:
      case UNRECOGNIZED:
        throw ToFlink.ofLaterVersion(path);
      default:
        throw noColumn(path, DataTypes.of(primitive));
    }
  }

  private static LogicalType bounded(TypePath path, BoundedType type) {
    switch (type.getKind()) {
      case KIND_CHAR:
        return new CharType(type.getLength());
      case KIND_VARCHAR:
        return new VarCharType(type.getLength());
      case KIND_BINARY:
        return new BinaryType(type.getLength());
      case KIND_VARBINARY:
        return new VarBinaryType(type.getLength());
      default:
        throw ToFlink.ofLaterVersion(path);
    }
  }

  private static LogicalType time(TypePath path, org.brookite.proto.TimeType type) {
    switch (type.getKind()) {
      case KIND_TIME:
        return new TimeType(type.getPrecision());
      case KIND_TIMESTAMP:
        return new TimestampType(type.getPrecision());
      case KIND_TIMESTAMP_LTZ:
        return new LocalZonedTimestampType(type.getPrecision());
      default:
        throw ToFlink.ofLaterVersion(path);
    }
  }

  private LogicalType collection(TypePath path, DataType type) {
    CollectionType collection = type.getCollection();
    switch (collection.getKind()) {
      case KIND_ARRAY:
        return new ArrayType(of(path.element(), collection.getElement()));
      case KIND_MULTISET:
        return new MultisetType(of(path.element(), collection.getElement()));
      case KIND_UNSPECIFIED:
      case UNRECOGNIZED:
        throw ToFlink.ofLaterVersion(path);
      default:
        throw noColumn(path, type);
    }
  }

  private LogicalType raw(TypePath path, org.brookite.proto.RawType raw) {
    if (raw.getClassName().isEmpty() || raw.getSerializer().isEmpty()) {
      throw path.unsupported(
          "the Rust function does not say which RAW this is: say the type with as(..)");
    }
    try {
      return RawType.restore(classes, raw.getClassName(), raw.getSerializer());
    } catch (ValidationException | TableException e) {
      throw path.unsupported("RAW('%s', ..): %s", raw.getClassName(), e.getMessage());
    }
  }
}
