package org.brookite.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.api.java.tuple.Tuple3;
import org.apache.flink.api.java.tuple.Tuple4;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.KeyedStream;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.util.Collector;
import org.brookite.RustFunctionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Timers that Rust sets fire as Flink's do. */
class TimerTest {
  @RegisterExtension static final MiniClusterExtension CLUSTER = Clusters.small();

  private static final TypeInformation<Tuple2<String, Long>> COMMAND =
      Types.TUPLE(Types.STRING, Types.LONG);
  private static final TypeInformation<Tuple4<Long, String, Long, Long>> FIRED =
      Types.TUPLE(Types.LONG, Types.STRING, Types.LONG, Types.LONG);
  private static final TypeInformation<Tuple3<Long, Long, Long>> COUNT =
      Types.TUPLE(Types.LONG, Types.LONG, Types.LONG);

  private static List<Tuple4<Long, String, Long, Long>> fire(
      RuntimeExecutionMode mode,
      String backend,
      int parallelism,
      List<Tuple2<String, Long>> commands)
      throws Exception {
    var env = Clusters.environment(parallelism, mode, backend);
    // In BATCH mode a key's records are sorted by time: deletions come last.
    DataStream<Tuple2<String, Long>> timed =
        EventTime.stream(
            env, commands, COMMAND, command -> command.f0.startsWith("delete") ? 5L : 1L, 1_000);
    // Keyed by the last digit.
    var fired =
        Plugins.FLINK_FUNCTIONS
            .on(timed.keyBy(command -> command.f1 % 10))
            .call("timers")
            .as(FIRED)
            .uid("timers");
    return Clusters.collect(fired);
  }

  @ParameterizedTest(name = "{0} on {1} x {2}")
  @CsvSource({
    "STREAMING, hashmap, 1",
    "STREAMING, rocksdb, 2",
    "BATCH, hashmap, 2",
    "BATCH, rocksdb, 1"
  })
  void firesInOrderOfTimeUnlessDeleted(RuntimeExecutionMode mode, String backend, int parallelism)
      throws Exception {
    var commands =
        List.of(
            Tuple2.of("event", 31L),
            Tuple2.of("event", 11L),
            Tuple2.of("event", 21L),
            Tuple2.of("event", 11L),
            Tuple2.of("event", 12L),
            Tuple2.of("delete_event", 21L),
            Tuple2.of("delete_event", 22L));
    assertThat(fire(mode, backend, parallelism, commands))
        .containsExactlyInAnyOrder(
            Tuple4.of(1L, "event", 11L, 1L),
            Tuple4.of(1L, "event", 31L, 2L),
            Tuple4.of(2L, "event", 12L, 1L));
  }

  @Test
  void batchModeFiresTimersOfTheClock() throws Exception {
    var commands =
        List.of(
            Tuple2.of("processing", 3_600_001L),
            Tuple2.of("event", 11L),
            Tuple2.of("processing", 3_600_002L));
    assertThat(fire(RuntimeExecutionMode.BATCH, "hashmap", 1, commands))
        .extracting(fired -> Tuple3.of(fired.f0, fired.f1, fired.f3))
        .containsExactlyInAnyOrder(
            Tuple3.of(1L, "event", 1L),
            Tuple3.of(1L, "processing", 2L),
            Tuple3.of(2L, "processing", 1L));
  }

  /** What {@code count_until_idle} does in Rust. */
  private static final class CountUntilIdle
      extends KeyedProcessFunction<Long, Long, Tuple3<Long, Long, Long>> {
    private static final long serialVersionUID = 1;

    private transient ValueState<Long> count;
    private transient ValueState<Long> due;

    @Override
    public void open(OpenContext context) {
      count = getRuntimeContext().getState(new ValueStateDescriptor<>("count", Types.LONG));
      due = getRuntimeContext().getState(new ValueStateDescriptor<>("due", Types.LONG));
    }

    @Override
    public void processElement(Long value, Context context, Collector<Tuple3<Long, Long, Long>> out)
        throws Exception {
      count.update(count.value() == null ? 1 : count.value() + 1);
      Long before = due.value();
      long now = context.timestamp() + 100;
      if (before == null || before < now) {
        if (before != null) {
          context.timerService().deleteEventTimeTimer(before);
        }
        due.update(now);
        context.timerService().registerEventTimeTimer(now);
      }
    }

    @Override
    public void onTimer(
        long timestamp, OnTimerContext context, Collector<Tuple3<Long, Long, Long>> out)
        throws Exception {
      out.collect(Tuple3.of(context.getCurrentKey(), timestamp, count.value()));
      count.clear();
      due.clear();
    }
  }

  @ParameterizedTest(name = "{0} on {1} x {2}")
  @CsvSource({
    "STREAMING, hashmap, 2",
    "STREAMING, rocksdb, 1",
    "BATCH, hashmap, 1",
    "BATCH, rocksdb, 2"
  })
  void agreesWithJava(RuntimeExecutionMode mode, String backend, int parallelism) throws Exception {
    Random random = new Random(7);
    List<Long> times = new ArrayList<>();
    for (int i = 0; i < 5_000; i++) {
      times.add(i * 10L - random.nextInt(300));
    }
    List<List<Tuple3<Long, Long, Long>>> results = new ArrayList<>();
    for (boolean rust : new boolean[] {true, false}) {
      var env = Clusters.environment(parallelism, mode, backend);
      KeyedStream<Long, Long> keyed =
          EventTime.stream(env, times, Types.LONG, time -> time, 200)
              .keyBy(time -> Math.abs(time % 50));
      results.add(
          Clusters.collect(
              rust
                  ? Plugins.FLINK_FUNCTIONS
                      .on(keyed)
                      .call("count_until_idle")
                      .stateCache(20, 10_000)
                      .as(COUNT)
                  : keyed.process(new CountUntilIdle()).returns(COUNT)));
    }
    assertThat(results.get(0)).hasSizeGreaterThanOrEqualTo(50);
    assertThat(results.get(0)).containsExactlyInAnyOrderElementsOf(results.get(1));
  }

  @Test
  void aFailureInATimerNamesFunctionAndPhase() {
    var env = Clusters.environment(1);
    var failing =
        Plugins.FLINK_FUNCTIONS
            .on(EventTime.stream(env, List.of(5L), Types.LONG, time -> time, 0).keyBy(time -> time))
            .call("timer_without_on_timer")
            .as(Types.LONG);
    assertThatThrownBy(() -> Clusters.collect(failing))
        .hasStackTraceContaining(RustFunctionException.class.getName())
        .hasStackTraceContaining("timer_without_on_timer")
        .hasStackTraceContaining("on_timer");
  }
}
