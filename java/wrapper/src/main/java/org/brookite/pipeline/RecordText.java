package org.brookite.pipeline;

import java.io.Serializable;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.java.tuple.Tuple;
import org.apache.flink.api.java.typeutils.TupleTypeInfo;
import org.apache.flink.table.data.conversion.DataStructureConverter;
import org.apache.flink.table.data.conversion.DataStructureConverters;
import org.apache.flink.table.runtime.typeutils.InternalTypeInfo;
import org.apache.flink.util.StringUtils;

/**
 * Records as text for people, as Flink prints them: {@code (word,3)} for a tuple, {@code +I[word,
 * 3]} for a row.
 */
final class RecordText implements Serializable {

  private static final long serialVersionUID = 1L;

  /** For the types of SQL, whose values are not made to be read; null for others. */
  private final DataStructureConverter<Object, Object> converter;

  /** For the fields of tuples; null for others. */
  private final RecordText[] fields;

  private RecordText(DataStructureConverter<Object, Object> converter, RecordText[] fields) {
    this.converter = converter;
    this.fields = fields;
  }

  static RecordText of(TypeInformation<?> type) {
    if (type instanceof InternalTypeInfo) {
      InternalTypeInfo<?> internal = (InternalTypeInfo<?>) type;
      return new RecordText(Sql.converter(internal), null);
    }
    if (type instanceof TupleTypeInfo) {
      TupleTypeInfo<?> tuple = (TupleTypeInfo<?>) type;
      RecordText[] fields = new RecordText[tuple.getArity()];
      for (int i = 0; i < fields.length; i++) {
        fields[i] = of(tuple.getTypeAt(i));
      }
      return new RecordText(null, fields);
    }
    return new RecordText(null, null);
  }

  void open(ClassLoader classes) {
    if (converter != null) {
      converter.open(classes);
    }
    for (int i = 0; fields != null && i < fields.length; i++) {
      fields[i].open(classes);
    }
  }

  String of(Object value) {
    if (value == null) {
      return "null";
    }
    if (converter != null) {
      return StringUtils.arrayAwareToString(converter.toExternal(value));
    }
    if (fields == null) {
      return StringUtils.arrayAwareToString(value);
    }
    StringBuilder text = new StringBuilder("(");
    for (int i = 0; i < fields.length; i++) {
      text.append(i == 0 ? "" : ",").append(fields[i].of(((Tuple) value).<Object>getField(i)));
    }
    return text.append(')').toString();
  }

  /** What links against the table API. */
  private static final class Sql {
    static DataStructureConverter<Object, Object> converter(InternalTypeInfo<?> type) {
      return DataStructureConverters.getConverter(
          org.apache.flink.table.api.DataTypes.of(type.toLogicalType()));
    }
  }
}
