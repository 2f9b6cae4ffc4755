package org.brookite.pipeline;

import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.dag.Transformation;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.conversion.DataStructureConverter;
import org.apache.flink.table.data.conversion.DataStructureConverters;
import org.apache.flink.table.runtime.typeutils.ExternalTypeInfo;
import org.apache.flink.table.runtime.typeutils.InternalTypeInfo;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.types.Row;
import org.apache.flink.util.Collector;

/**
 * Streams of changes, which Flink's Table API exchanges as its {@code Row} and Rust as {@code
 * RowData}; both say of each row whether it was inserted, updated or deleted.
 */
final class RowChanges {

  private RowChanges() {}

  /** Makes rows as Rust takes them. */
  static DataStream<RowData> toRowData(DataStream<Row> rows, RowType type) {
    return convert(rows, type, true, InternalTypeInfo.of(type), "to RowData");
  }

  /** Makes rows as the Table API takes them. */
  static DataStream<Row> fromRowData(DataStream<RowData> rows, RowType type) {
    return convert(rows, type, false, ExternalTypeInfo.of(external(type)), "to Row");
  }

  private static <A, B> DataStream<B> convert(
      DataStream<A> rows, RowType type, boolean inwards, TypeInformation<B> to, String name) {
    DataStructureConverter<Object, Object> converter =
        DataStructureConverters.getConverter(external(type));
    SingleOutputStreamOperator<B> converted =
        rows.process(new Conversion<A, B>(converter, inwards), to).name(name);
    Transformation<A> before = rows.getTransformation();
    return converted.setParallelism(before.getParallelism());
  }

  private static DataType external(RowType type) {
    return DataTypes.of(type).notNull();
  }

  /** Converts each row, and keeps its timestamp. */
  private static final class Conversion<A, B> extends ProcessFunction<A, B> {

    private static final long serialVersionUID = 1L;

    private final DataStructureConverter<Object, Object> converter;
    private final boolean inwards;

    Conversion(DataStructureConverter<Object, Object> converter, boolean inwards) {
      this.converter = converter;
      this.inwards = inwards;
    }

    @Override
    public void processElement(A row, Context context, Collector<B> out) {
      // The converter was made for this type.
      @SuppressWarnings("unchecked")
      B converted =
          (B) (inwards ? converter.toInternalOrNull(row) : converter.toExternalOrNull(row));
      out.collect(converted);
    }
  }
}
