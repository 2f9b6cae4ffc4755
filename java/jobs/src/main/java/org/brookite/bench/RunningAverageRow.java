package org.brookite.bench;

import java.util.Arrays;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.KeyedStream;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.runtime.typeutils.InternalTypeInfo;
import org.apache.flink.table.runtime.typeutils.RowDataSerializer;
import org.apache.flink.table.types.logical.BigIntType;
import org.apache.flink.table.types.logical.DoubleType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.util.Collector;
import org.brookite.RustLibrary;

/** The same running average as {@link RunningAverage}, of rows in Flink's binary layout. */
final class RunningAverageRow implements Workload<RowData> {
  private static final LogicalType[] COLUMNS = {new BigIntType(false), new DoubleType(false)};
  private static final RowType SAMPLE = RowType.of(COLUMNS, new String[] {"key", "value"});
  private static final RowType AVERAGE = RowType.of(COLUMNS, new String[] {"key", "average"});

  @Override
  public long records() {
    return 32_000_000;
  }

  @Override
  public TypeInformation<RowData> type() {
    return InternalTypeInfo.of(SAMPLE);
  }

  @Override
  public RowData[] samples() {
    RowDataSerializer serializer = new RowDataSerializer(SAMPLE);
    return Arrays.stream(new RunningAverage().samples())
        .map(sample -> GenericRowData.of(sample.f0, sample.f1))
        .map(row -> serializer.toBinaryRow(row).copy())
        .toArray(RowData[]::new);
  }

  @Override
  public DataStream<RowData> input(DataStream<RowData> records) {
    return keyed(records);
  }

  @Override
  public DataStream<?> java(DataStream<RowData> records) {
    return keyed(records).process(new Average()).returns(InternalTypeInfo.of(AVERAGE));
  }

  @Override
  public DataStream<?> rust(DataStream<RowData> records, RustLibrary library) {
    return library.on(keyed(records)).call("running_average_row").as(InternalTypeInfo.of(AVERAGE));
  }

  private static KeyedStream<RowData, Long> keyed(DataStream<RowData> records) {
    return records.keyBy(row -> row.getLong(0));
  }

  private static final class Average extends KeyedProcessFunction<Long, RowData, RowData> {
    private static final long serialVersionUID = 1;

    /** How many values there were, and their sum. */
    private transient ValueState<Tuple2<Long, Double>> seen;

    @Override
    public void open(OpenContext context) {
      seen =
          getRuntimeContext()
              .getState(new ValueStateDescriptor<>("seen", Types.TUPLE(Types.LONG, Types.DOUBLE)));
    }

    @Override
    public void processElement(RowData row, Context context, Collector<RowData> out)
        throws Exception {
      Tuple2<Long, Double> soFar = seen.value();
      if (soFar == null) {
        soFar = Tuple2.of(0L, 0.0);
      }
      soFar.f0 += 1;
      soFar.f1 += row.getDouble(1);
      seen.update(soFar);
      out.collect(GenericRowData.of(row.getLong(0), soFar.f1 / soFar.f0));
    }
  }
}
