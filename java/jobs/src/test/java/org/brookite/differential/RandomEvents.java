package org.brookite.differential;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.api.java.tuple.Tuple5;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.KeyedStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * A random stream of two sides, out of order, with idle gaps, and with watermarks at the same
 * places for everybody who reads it.
 *
 * <p>An event is a key and a number, which no other event has.
 */
final class RandomEvents {

  static final TypeInformation<Tuple2<Long, Long>> EVENT = Types.TUPLE(Types.LONG, Types.LONG);

  /** How far an event is behind the latest one at most, if it is not late. */
  private static final int MAX_DELAY = 250;

  static final long NO_WATERMARK = Long.MIN_VALUE;

  /** Side, key, number, timestamp, and the watermark behind it. */
  final List<Tuple5<Integer, Long, Long, Long, Long>> events = new ArrayList<>();

  private final Random random;
  private final boolean late;
  private final int keys;

  /**
   * Makes the stream.
   *
   * @param late whether some events are behind the watermark, a few of them far
   */
  RandomEvents(long seed, int count, int keys, boolean late) {
    this.random = new Random(seed);
    this.late = late;
    this.keys = keys;
    long now = -2_000;
    long watermark = NO_WATERMARK;
    for (long number = 0; number < count; number++) {
      now += random.nextInt(60) == 0 ? 300 + random.nextInt(700) : random.nextInt(12);
      long next = now - (late ? random.nextInt(200) : MAX_DELAY + 1);
      boolean moves = random.nextInt(8) == 0 && next > watermark;
      watermark = moves ? next : watermark;
      long behind = moves ? watermark : NO_WATERMARK;
      events.add(Tuple5.of(random.nextInt(2), key(), number, now - delay(), behind));
    }
  }

  /** Some keys come more often than others. */
  private long key() {
    return Math.min(random.nextInt(keys), random.nextInt(keys));
  }

  private long delay() {
    int dice = random.nextInt(100);
    if (dice < 80) {
      return random.nextInt(60);
    }
    return random.nextInt(late && dice >= 95 ? 3_000 : MAX_DELAY);
  }

  /** All events as a stream with timestamps and watermarks, in this very order. */
  DataStream<Tuple5<Integer, Long, Long, Long, Long>> in(StreamExecutionEnvironment env) {
    var type =
        Types.<Tuple5<Integer, Long, Long, Long, Long>>TUPLE(
            Types.INT, Types.LONG, Types.LONG, Types.LONG, Types.LONG);
    return env.fromData(events, type)
        .setParallelism(1)
        .assignTimestampsAndWatermarks(
            WatermarkStrategy.<Tuple5<Integer, Long, Long, Long, Long>>forGenerator(
                    context -> new AfterEvents())
                .withTimestampAssigner((event, before) -> event.f3))
        .setParallelism(1);
  }

  /** The events of both sides, keyed. */
  static KeyedStream<Tuple2<Long, Long>, Long> keyed(
      DataStream<Tuple5<Integer, Long, Long, Long, Long>> events) {
    return plain(events).keyBy(event -> event.f0, Types.LONG);
  }

  /** The events of one side, keyed. */
  static KeyedStream<Tuple2<Long, Long>, Long> keyed(
      DataStream<Tuple5<Integer, Long, Long, Long, Long>> events, int side) {
    return side(events, side).keyBy(event -> event.f0, Types.LONG);
  }

  /** The events of one side. */
  static DataStream<Tuple2<Long, Long>> side(
      DataStream<Tuple5<Integer, Long, Long, Long, Long>> events, int side) {
    return plain(events.filter(event -> event.f0 == side).setParallelism(1));
  }

  private static DataStream<Tuple2<Long, Long>> plain(
      DataStream<Tuple5<Integer, Long, Long, Long, Long>> events) {
    return events.map(event -> Tuple2.of(event.f1, event.f2)).returns(EVENT).setParallelism(1);
  }

  /** Watermarks stand in the events themselves. */
  private static final class AfterEvents
      implements WatermarkGenerator<Tuple5<Integer, Long, Long, Long, Long>> {
    @Override
    public void onEvent(
        Tuple5<Integer, Long, Long, Long, Long> event, long timestamp, WatermarkOutput output) {
      if (event.f4 != NO_WATERMARK) {
        output.emitWatermark(new Watermark(event.f4));
      }
    }

    @Override
    public void onPeriodicEmit(WatermarkOutput output) {}
  }
}
