package org.brookite.bench;

import java.time.Duration;
import java.util.SplittableRandom;
import org.apache.flink.api.common.eventtime.TimestampAssigner;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.AggregateFunction;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.KeyedStream;
import org.apache.flink.streaming.api.windowing.assigners.EventTimeSessionWindows;
import org.apache.flink.streaming.api.windowing.assigners.TumblingEventTimeWindows;
import org.apache.flink.streaming.api.windowing.assigners.WindowAssigner;
import org.apache.flink.streaming.api.windowing.windows.TimeWindow;
import org.brookite.RustLibrary;
import org.brookite.Windows;

/**
 * How many records each of 10,000 keys has in each window of event time.
 *
 * <p>Ten records are a millisecond, so a key has one in a second: about ten in a tumbling window,
 * and two or three in a session.
 */
final class WindowCount implements Workload<Tuple2<Long, Long>> {
  private static final TypeInformation<Tuple2<Long, Long>> TYPE =
      Types.TUPLE(Types.LONG, Types.LONG);
  private static final int KEYS = 10_000;
  private static final int RECORDS_PER_MS = 10;
  private static final Duration SIZE = Duration.ofSeconds(10);
  private static final Duration GAP = Duration.ofSeconds(1);

  private final String backend;
  private final long records;
  private final WindowAssigner<Object, TimeWindow> java;
  private final Windows rust;

  private WindowCount(
      String backend, long records, WindowAssigner<Object, TimeWindow> java, Windows rust) {
    this.backend = backend;
    this.records = records;
    this.java = java;
    this.rust = rust;
  }

  static WindowCount tumbling() {
    return tumbling("hashmap", 6_000_000);
  }

  static WindowCount tumblingOnRocksDb() {
    return tumbling("rocksdb", 1_000_000);
  }

  static WindowCount session() {
    return session("hashmap", 4_000_000);
  }

  static WindowCount sessionOnRocksDb() {
    return session("rocksdb", 500_000);
  }

  private static WindowCount tumbling(String backend, long records) {
    return new WindowCount(
        backend, records, TumblingEventTimeWindows.of(SIZE), Windows.tumbling(SIZE));
  }

  private static WindowCount session(String backend, long records) {
    return new WindowCount(
        backend, records, EventTimeSessionWindows.withGap(GAP), Windows.session(GAP));
  }

  @Override
  public String backend() {
    return backend;
  }

  @Override
  public long records() {
    return records;
  }

  @Override
  public TypeInformation<Tuple2<Long, Long>> type() {
    return TYPE;
  }

  @Override
  @SuppressWarnings({"unchecked", "rawtypes"}) // There are no arrays of a parameterised type.
  public Tuple2<Long, Long>[] samples() {
    SplittableRandom random = new SplittableRandom(4);
    Tuple2<Long, Long>[] samples = new Tuple2[1 << 16];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = Tuple2.of((long) random.nextInt(KEYS), random.nextLong());
    }
    return samples;
  }

  @Override
  public DataStream<Tuple2<Long, Long>> input(DataStream<Tuple2<Long, Long>> records) {
    return keyed(records);
  }

  @Override
  public DataStream<?> java(DataStream<Tuple2<Long, Long>> records) {
    return keyed(records).window(java).aggregate(new Count());
  }

  @Override
  public DataStream<?> rust(DataStream<Tuple2<Long, Long>> records, RustLibrary library) {
    return library.on(keyed(records)).window(rust).call("count_records").as(Types.LONG);
  }

  private static KeyedStream<Tuple2<Long, Long>, Long> keyed(
      DataStream<Tuple2<Long, Long>> records) {
    WatermarkStrategy<Tuple2<Long, Long>> ticking =
        WatermarkStrategy.<Tuple2<Long, Long>>forMonotonousTimestamps()
            .withTimestampAssigner(context -> new Ticks());
    return records.assignTimestampsAndWatermarks(ticking).keyBy(record -> record.f0);
  }

  /** A clock that each record moves on. */
  private static final class Ticks implements TimestampAssigner<Tuple2<Long, Long>> {
    private long records;

    @Override
    public long extractTimestamp(Tuple2<Long, Long> record, long timestamp) {
      return records++ / RECORDS_PER_MS;
    }
  }

  private static final class Count implements AggregateFunction<Tuple2<Long, Long>, Long, Long> {
    private static final long serialVersionUID = 1;

    @Override
    public Long createAccumulator() {
      return 0L;
    }

    @Override
    public Long add(Tuple2<Long, Long> record, Long count) {
      return count + 1;
    }

    @Override
    public Long getResult(Long count) {
      return count;
    }

    @Override
    public Long merge(Long one, Long other) {
      return one + other;
    }
  }
}
