package org.brookite.pipeline;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.api.java.tuple.Tuple;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.KeyedStream;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.runtime.typeutils.InternalTypeInfo;
import org.brookite.RustJobException;
import org.brookite.proto.DataType;
import org.brookite.proto.Field;
import org.brookite.type.DataTypes;
import org.brookite.type.TypeMapping;

/** Keys that stand in the record. */
final class FieldKeys {

  private FieldKeys() {}

  /**
   * Keys a stream of rows by a column, or one of tuples by a field.
   *
   * @param key the key's type
   * @throws RustJobException when there is no such field, or it is of another type
   */
  static KeyedStream<?, ?> keyBy(DataStream<?> records, String field, DataType key) {
    DataType record = TypeMapping.toDataType(records.getType());
    List<String> names = names(record);
    int position = names.indexOf(field);
    if (position < 0) {
      throw new RustJobException(
          String.format(
              "there is no field '%s' to key by: %s has %s",
              field, DataTypes.describeKind(record), String.join(", ", names)));
    }
    DataType found = types(record).get(position);
    if (!notNull(found).equals(notNull(key))) {
      throw new RustJobException(
          String.format(
              "field '%s' to key by is of type %s, and the key is to be of type %s",
              field, DataTypes.describeKind(found), DataTypes.describeKind(key)));
    }
    TypeInformation<?> type = TypeMapping.toTypeInformation(notNull(key));
    if (record.hasRow()) {
      InternalTypeInfo<?> row = (InternalTypeInfo<?>) records.getType();
      return keyBy(
          records, ColumnKey.of(field, row.toRowType().getTypeAt(position), position), type);
    }
    return keyBy(records, new TupleKey(field, position), type);
  }

  /** Keys a stream by its records. */
  static KeyedStream<?, ?> keyByItself(DataStream<?> records) {
    TypeInformation<?> type = records.getType();
    if (RowData.class.isAssignableFrom(type.getTypeClass())) {
      return keyBy(records, ColumnKey.rowItself(((InternalTypeInfo<?>) type).toRowType()), type);
    }
    return keyBy(records, record -> record, type);
  }

  /** Sound where the type says that the selector takes the records and returns such keys. */
  @SuppressWarnings("unchecked")
  private static KeyedStream<?, ?> keyBy(
      DataStream<?> records, KeySelector<?, Object> key, TypeInformation<?> type) {
    return ((DataStream<Object>) records)
        .keyBy((KeySelector<Object, Object>) key, (TypeInformation<Object>) type);
  }

  private static List<String> names(DataType record) {
    if (record.hasRow()) {
      return record.getRow().getFieldsList().stream()
          .map(Field::getName)
          .collect(Collectors.toList());
    }
    return IntStream.range(0, record.getTuple().getFieldsCount())
        .mapToObj(position -> "f" + position)
        .collect(Collectors.toList());
  }

  private static List<DataType> types(DataType record) {
    return record.hasRow()
        ? record.getRow().getFieldsList().stream().map(Field::getType).collect(Collectors.toList())
        : record.getTuple().getFieldsList();
  }

  private static DataType notNull(DataType type) {
    return type.toBuilder().setNullable(false).build();
  }

  /** Reads a field of a tuple. */
  private static final class TupleKey implements KeySelector<Tuple, Object> {

    private static final long serialVersionUID = 1L;

    private final String field;
    private final int position;

    TupleKey(String field, int position) {
      this.field = field;
      this.position = position;
    }

    @Override
    public Object getKey(Tuple record) {
      Object key = record.getField(position);
      return key == null ? ColumnKey.refuseNull(field) : key;
    }
  }
}
