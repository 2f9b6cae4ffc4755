package org.brookite.failover;

import java.time.Duration;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple4;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * The events: number, account, time in milliseconds, amount, all of which follow from the number.
 *
 * <p>There are two streams of them, one with the even and one with the odd numbers. Each is out of
 * order by less than its watermarks allow, so that no event is ever late. An account has events for
 * ten seconds, with pauses of some hundred milliseconds, and then none for a while.
 *
 * <p>{@code crates/xtask/src/failover/truth.rs} knows the same formulas.
 */
final class Events {
  static final TypeInformation<Tuple4<Long, Long, Long, Long>> TYPE =
      Types.TUPLE(Types.LONG, Types.LONG, Types.LONG, Types.LONG);

  static final long START = 1_700_000_000_000L;
  private static final long STEP_MS = 5;
  private static final long DISORDER_MS = 400;
  private static final long BURST = 2_000;
  private static final long ACCOUNTS = 500;
  private static final long ACCOUNTS_OF_BURST = 50;

  private Events() {}

  /** The streams of all events with numbers less than {@code count}, which is even. */
  static DataStream<Tuple4<Long, Long, Long, Long>> streams(
      StreamExecutionEnvironment env, long count, Pace pace) {
    return stream(env, "even events", 0, count, pace)
        .union(stream(env, "odd events", 1, count, pace));
  }

  private static DataStream<Tuple4<Long, Long, Long, Long>> stream(
      StreamExecutionEnvironment env, String name, long first, long count, Pace pace) {
    var source = new DataGeneratorSource<>(i -> event(2 * i + first), count / 2, pace, TYPE);
    WatermarkStrategy<Tuple4<Long, Long, Long, Long>> watermarks =
        WatermarkStrategy.<Tuple4<Long, Long, Long, Long>>forBoundedOutOfOrderness(
                Duration.ofMillis(DISORDER_MS))
            .withTimestampAssigner((event, unused) -> event.f2);
    // One split each: events of one stream keep their order.
    return env.fromSource(source, watermarks, name).uid(name).setParallelism(1);
  }

  /** The event of that number. */
  static Tuple4<Long, Long, Long, Long> event(long number) {
    long burst = number / BURST;
    long member = Math.floorMod(mix(number + 1), ACCOUNTS_OF_BURST);
    long account = Math.floorMod(mix(burst * ACCOUNTS_OF_BURST + member), ACCOUNTS);
    long amount = Math.floorMod(mix(number + 3), 2_001L) - 1_000;
    return Tuple4.of(number, account, time(number), amount);
  }

  /** The time of the event of that number. */
  static long time(long number) {
    return START + number * STEP_MS + Math.floorMod(mix(number + 2), DISORDER_MS);
  }

  /** Scatters numbers over all longs (the finalizer of SplitMix64). */
  static long mix(long number) {
    long mixed = (number + 1) * 0x9E3779B97F4A7C15L;
    mixed = (mixed ^ (mixed >>> 30)) * 0xBF58476D1CE4E5B9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
    return mixed ^ (mixed >>> 31);
  }
}
