package org.brookite.failover;

import java.time.Duration;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple3;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * The rules: number, time from which on a rule holds, and what amounts are multiplied with then.
 *
 * <p>They come while the events do, each in time for the events that it is for: a subtask that has
 * seen the watermark has seen the rule.
 */
final class Rules {
  static final TypeInformation<Tuple3<Long, Long, Long>> TYPE =
      Types.TUPLE(Types.LONG, Types.LONG, Types.LONG);

  private static final long PERIOD_MS = 5_000;
  private static final long FACTORS = 9;

  private Rules() {}

  /** The rules for all events with numbers less than {@code events}. */
  static DataStream<Tuple3<Long, Long, Long>> stream(
      StreamExecutionEnvironment env, long events, Pace pace) {
    long count = (Events.time(events) - Events.START) / PERIOD_MS + 1;
    var source = new DataGeneratorSource<>(Rules::rule, count, pace, TYPE);
    WatermarkStrategy<Tuple3<Long, Long, Long>> watermarks =
        WatermarkStrategy.<Tuple3<Long, Long, Long>>forBoundedOutOfOrderness(Duration.ZERO)
            .withTimestampAssigner((rule, unused) -> rule.f1);
    return env.fromSource(source, watermarks, "rules").uid("rules").setParallelism(1);
  }

  private static Tuple3<Long, Long, Long> rule(long number) {
    long factor = Math.floorMod(Events.mix(number), FACTORS) + 1;
    return Tuple3.of(number, Events.START + number * PERIOD_MS, factor);
  }
}
