package org.brookite.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import org.apache.flink.table.data.ArrayData;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.MapData;
import org.apache.flink.table.data.RawValueData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.types.logical.ArrayType;
import org.apache.flink.table.types.logical.IntType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.MapType;
import org.apache.flink.table.types.logical.MultisetType;
import org.apache.flink.table.types.logical.RawType;
import org.apache.flink.table.types.logical.RowType;

/** Values of Flink SQL's types as JSON, read from the table runtime's objects. */
final class ColumnJson {

  private static final LogicalType COUNT = new IntType(false);
  private static final long NANOS_PER_MILLI = 1_000_000;

  private ColumnJson() {}

  static JsonNode of(LogicalType type, Object value) {
    if (value == null) {
      return StreamJson.NODES.nullNode();
    }
    switch (type.getTypeRoot()) {
      case CHAR:
      case VARCHAR:
        return StreamJson.text(value);
      case DECIMAL:
        return StreamJson.text(((DecimalData) value).toBigDecimal());
      case DATE:
        return StreamJson.text(LocalDate.ofEpochDay((Integer) value));
      case TIME_WITHOUT_TIME_ZONE:
        return StreamJson.text(LocalTime.ofNanoOfDay((Integer) value * NANOS_PER_MILLI));
      case TIMESTAMP_WITHOUT_TIME_ZONE:
        return StreamJson.text(withoutZone((TimestampData) value));
      case TIMESTAMP_WITH_LOCAL_TIME_ZONE:
        return StreamJson.text(((TimestampData) value).toInstant());
      case ARRAY:
        return array(((ArrayType) type).getElementType(), (ArrayData) value);
      case MULTISET:
        return pairs(((MultisetType) type).getElementType(), COUNT, (MapData) value);
      case MAP:
        MapType map = (MapType) type;
        return pairs(map.getKeyType(), map.getValueType(), (MapData) value);
      case ROW:
        return row((RowType) type, (RowData) value);
      case RAW:
        return StreamJson.hex(raw((RawType<?>) type, (RawValueData<?>) value));
      default:
        return StreamJson.scalar(value);
    }
  }

  /** Flink's own conversion counts days in 32 bits. */
  private static LocalDateTime withoutZone(TimestampData value) {
    return LocalDateTime.ofInstant(value.toInstant(), ZoneOffset.UTC);
  }

  @SuppressWarnings("unchecked") // The column's type says what T is.
  private static <T> byte[] raw(RawType<T> type, RawValueData<?> value) {
    return ((RawValueData<T>) value).toBytes(type.getTypeSerializer());
  }

  private static JsonNode array(LogicalType type, ArrayData data) {
    ArrayNode array = StreamJson.NODES.arrayNode();
    ArrayData.ElementGetter getter = ArrayData.createElementGetter(type);
    for (int i = 0; i < data.size(); i++) {
      array.add(of(type, getter.getElementOrNull(data, i)));
    }
    return array;
  }

  private static JsonNode pairs(LogicalType keyType, LogicalType valueType, MapData data) {
    ArrayNode array = StreamJson.NODES.arrayNode();
    ArrayData keys = data.keyArray();
    ArrayData values = data.valueArray();
    ArrayData.ElementGetter key = ArrayData.createElementGetter(keyType);
    ArrayData.ElementGetter value = ArrayData.createElementGetter(valueType);
    for (int i = 0; i < data.size(); i++) {
      array
          .addArray()
          .add(of(keyType, key.getElementOrNull(keys, i)))
          .add(of(valueType, value.getElementOrNull(values, i)));
    }
    return array;
  }

  private static JsonNode row(RowType type, RowData row) {
    ObjectNode object = StreamJson.withKind(row.getRowKind());
    List<LogicalType> types = type.getChildren();
    for (int i = 0; i < types.size(); i++) {
      Object column = RowData.createFieldGetter(types.get(i), i).getFieldOrNull(row);
      object.set(type.getFieldNames().get(i), of(types.get(i), column));
    }
    return object;
  }
}
