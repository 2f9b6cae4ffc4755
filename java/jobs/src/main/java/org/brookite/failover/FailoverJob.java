package org.brookite.failover;

import java.time.Duration;
import org.apache.flink.api.common.serialization.SimpleStringEncoder;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple3;
import org.apache.flink.api.java.tuple.Tuple4;
import org.apache.flink.api.java.tuple.Tuple5;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.connector.file.sink.FileSink;
import org.apache.flink.core.fs.Path;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.KeyedStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.filesystem.bucketassigners.BasePathBucketAssigner;
import org.apache.flink.util.ParameterTool;
import org.brookite.RustLibrary;
import org.brookite.Windows;

/**
 * A job that may lose its TaskManagers at any moment: its results are those of an undisturbed run.
 *
 * <p>All state is Rust's, in RocksDB, with incremental checkpoints; results become visible when the
 * checkpoint that they belong to is complete. They are lines of text, whose first word says what
 * they tell.
 */
public final class FailoverJob {
  private static final Duration SESSION_GAP = Duration.ofMillis(300);
  private static final TypeInformation<Tuple5<Long, Long, Long, Long, Long>> SESSION =
      Types.TUPLE(Types.LONG, Types.LONG, Types.LONG, Types.LONG, Types.LONG);

  /** Somewhat faster than the events that they are for. */
  private static final long RULES_PER_SECOND = 10;

  private static final int CACHED_ACCOUNTS = 16;
  private static final long CACHED_BYTES = 1 << 16;

  private final RustLibrary library;
  private final KeyedStream<Tuple4<Long, Long, Long, Long>, Long> events;
  private final DataStream<Tuple3<Long, Long, Long>> rules;

  private FailoverJob(StreamExecutionEnvironment env, ParameterTool options) {
    this.library = RustLibrary.resource("failover_functions");
    long count = options.getLong("events");
    long perSecond = options.getLong("pace");
    String hurry = options.getRequired("hurry");
    this.events = Events.streams(env, count, new Pace(perSecond, hurry)).keyBy(event -> event.f1);
    this.rules = Rules.stream(env, count, new Pace(RULES_PER_SECOND, hurry));
  }

  /**
   * Takes {@code --events}, an even number, {@code --pace}, events per second and stream until the
   * file {@code --hurry} appears, {@code --checkpoints}, milliseconds between them, {@code
   * --restarts}, how often it may fail, and {@code --output}, a folder.
   */
  public static void main(String[] args) throws Exception {
    ParameterTool options = ParameterTool.fromArgs(args);
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
    env.configure(
        configuration(
            Duration.ofMillis(options.getLong("checkpoints")), options.getInt("restarts")));
    new FailoverJob(env, options).results().sinkTo(files(options.getRequired("output")));
    env.execute("failover");
  }

  private static Configuration configuration(Duration interval, int restarts) {
    Configuration configuration = new Configuration();
    configuration.set(StateBackendOptions.STATE_BACKEND, "rocksdb");
    configuration.set(CheckpointingOptions.INCREMENTAL_CHECKPOINTS, true);
    configuration.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, interval);
    configuration.set(CheckpointingOptions.TOLERABLE_FAILURE_NUMBER, Integer.MAX_VALUE);
    configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
    configuration.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, restarts);
    configuration.set(
        RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofMillis(100));
    return configuration;
  }

  private DataStream<String> results() {
    return pulses().union(bookings(), sessions());
  }

  /**
   * {@code booked ACCOUNT NUMBER AMOUNT BALANCE}, {@code idle ACCOUNT TIME}, {@code batch ACCOUNT
   * DIGEST}, and in the end {@code closed ACCOUNT BALANCE OPEN DIGEST}.
   */
  private DataStream<String> bookings() {
    return library
        .on(events)
        .broadcast(rules)
        .call("bookings")
        // Fewer than the accounts that are at work: state goes and comes all the time.
        .stateCache(CACHED_ACCOUNTS, CACHED_BYTES)
        .as(Types.STRING)
        .uid("bookings");
  }

  /** {@code pulse ACCOUNT COUNT}: events that an account had since the last pulse. */
  private DataStream<String> pulses() {
    return library.on(events).call("pulses").as(Types.STRING).uid("pulses");
  }

  /** {@code session ACCOUNT FIRST LAST COUNT SUM}: events that are close together. */
  private DataStream<String> sessions() {
    return library
        .on(events)
        .window(Windows.session(SESSION_GAP))
        .call("session")
        .as(SESSION)
        .uid("sessions")
        .map(
            session ->
                String.format(
                    "session %d %d %d %d %d",
                    session.f0, session.f1, session.f2, session.f3, session.f4));
  }

  /** Files that appear with a checkpoint, as all results before it are in them. */
  private static FileSink<String> files(String folder) {
    return FileSink.forRowFormat(new Path(folder), new SimpleStringEncoder<String>("UTF-8"))
        .withBucketAssigner(new BasePathBucketAssigner<>())
        .build();
  }
}
