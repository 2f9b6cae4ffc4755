package org.brookite.jobs;

import java.util.List;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Streams whose records have timestamps and watermarks between them, the same each time. */
final class EventTime {
  private EventTime() {}

  /** A watermark behind each record, so many milliseconds behind the latest timestamp. */
  static <T> WatermarkStrategy<T> behind(long millis) {
    return WatermarkStrategy.forGenerator(context -> new BehindEach<>(millis));
  }

  /** The records in this order, their timestamps read by the function, by one subtask. */
  static <T> DataStream<T> stream(
      StreamExecutionEnvironment env,
      List<T> records,
      TypeInformation<T> type,
      MapFunction<T, Long> timestamp,
      long behind) {
    SingleOutputStreamOperator<T> stream =
        env.fromData(records, type)
            .setParallelism(1)
            .assignTimestampsAndWatermarks(
                EventTime.<T>behind(behind)
                    .withTimestampAssigner((record, none) -> map(timestamp, record)));
    return stream.setParallelism(1);
  }

  private static <T> long map(MapFunction<T, Long> timestamp, T record) {
    try {
      return timestamp.map(record);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static final class BehindEach<T> implements WatermarkGenerator<T> {
    private final long millis;
    private long latest = Long.MIN_VALUE;

    BehindEach(long millis) {
      this.millis = millis;
    }

    @Override
    public void onEvent(T record, long timestamp, WatermarkOutput output) {
      if (timestamp > latest) {
        latest = timestamp;
        output.emitWatermark(new Watermark(timestamp - millis));
      }
    }

    @Override
    public void onPeriodicEmit(WatermarkOutput output) {
      // Each record has its own: nothing depends on the clock.
    }
  }
}
