package org.brookite.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.KeyedStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.datastream.WindowedStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.windowing.assigners.EventTimeSessionWindows;
import org.apache.flink.streaming.api.windowing.assigners.SlidingEventTimeWindows;
import org.apache.flink.streaming.api.windowing.assigners.TumblingEventTimeWindows;
import org.apache.flink.streaming.api.windowing.windows.TimeWindow;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.util.OutputTag;
import org.brookite.RustCall;
import org.brookite.RustLibrary;
import org.brookite.Windows;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Windows as a job in Java calls them; their results are those of Flink's own. */
class WindowTest {
  private static final RustLibrary LIBRARY = RustLibrary.at(Plugins.file("case_functions"));

  @RegisterExtension static final MiniClusterExtension CLUSTER = Clusters.small();

  private static final TypeInformation<Tuple2<String, Long>> NUMBER =
      Types.TUPLE(Types.STRING, Types.LONG);
  private static final Duration SIZE = Duration.ofMillis(100);
  private static final Duration SLIDE = Duration.ofMillis(40);
  private static final Duration GAP = Duration.ofMillis(30);

  /** Numbers that are their timestamps as well, many of them out of order, and some late. */
  private static KeyedStream<Tuple2<String, Long>, String> numbers(StreamExecutionEnvironment env) {
    Random random = new Random(11);
    List<Tuple2<String, Long>> numbers = new ArrayList<>();
    for (int i = 0; i < 3_000; i++) {
      numbers.add(Tuple2.of("k" + random.nextInt(7), i * 5L - random.nextInt(300)));
    }
    return EventTime.stream(env, numbers, NUMBER, number -> number.f1, 20)
        .keyBy(number -> number.f0);
  }

  private static Windows rust(String kind) {
    switch (kind) {
      case "tumbling":
        return Windows.tumbling(SIZE);
      case "sliding":
        return Windows.sliding(SIZE, SLIDE);
      default:
        return Windows.session(GAP);
    }
  }

  private static WindowedStream<Tuple2<String, Long>, String, TimeWindow> java(
      String kind, KeyedStream<Tuple2<String, Long>, String> numbers) {
    switch (kind) {
      case "tumbling":
        return numbers.window(TumblingEventTimeWindows.of(SIZE));
      case "sliding":
        return numbers.window(SlidingEventTimeWindows.of(SIZE, SLIDE));
      default:
        return numbers.window(EventTimeSessionWindows.withGap(GAP));
    }
  }

  @ParameterizedTest(name = "{0} windows, {1} on {2} x {3}")
  @CsvSource({
    "tumbling, STREAMING, hashmap, 2",
    "tumbling, STREAMING, rocksdb, 1",
    "tumbling, BATCH, hashmap, 2",
    "sliding, STREAMING, rocksdb, 2",
    "sliding, BATCH, hashmap, 1",
    "session, STREAMING, hashmap, 1",
    "session, STREAMING, rocksdb, 2",
    "session, BATCH, hashmap, 2",
  })
  void agreesWithFlink(String kind, RuntimeExecutionMode mode, String backend, int parallelism)
      throws Exception {
    Duration lateness = Duration.ofMillis(50);
    OutputTag<Tuple2<String, Long>> tag = new OutputTag<>("late", NUMBER);
    var inJava =
        java(kind, numbers(Clusters.environment(parallelism, mode, backend)))
            .allowedLateness(lateness)
            .sideOutputLateData(tag)
            .reduce((one, other) -> Tuple2.of(one.f0, one.f1 + other.f1));
    List<String> expected =
        Clusters.collect(shown(inJava.map(sum -> sum.f1).returns(Types.LONG), inJava, tag));

    RustCall call =
        LIBRARY
            .on(numbers(Clusters.environment(parallelism, mode, backend)))
            .window(rust(kind).allowedLateness(lateness).lateTo("late"))
            .call("sum")
            .stateCache(50, 50_000);
    OutputTag<Tuple2<String, Long>> late = call.sideOutput("late").as(NUMBER);
    SingleOutputStreamOperator<Long> inRust = call.as(Types.LONG);
    assertThat(expected).hasSizeGreaterThan(300);
    assertThat(Clusters.collect(shown(inRust, inRust, late)))
        .containsExactlyInAnyOrderElementsOf(expected);
  }

  private static DataStream<String> shown(
      SingleOutputStreamOperator<Long> sums,
      SingleOutputStreamOperator<?> results,
      OutputTag<Tuple2<String, Long>> late) {
    return sums.map(sum -> "sum " + sum)
        .union(results.getSideOutput(late).map(number -> "late " + number));
  }

  @ParameterizedTest(name = "{0} on {1}")
  @CsvSource({"STREAMING, hashmap", "STREAMING, rocksdb", "BATCH, hashmap"})
  void countsAgreeWithFlink(RuntimeExecutionMode mode, String backend) throws Exception {
    // In BATCH mode the order within a key is that of time; so it is in both.
    var java =
        numbers(Clusters.environment(1, mode, backend))
            .countWindow(7)
            .reduce((one, other) -> Tuple2.of(one.f0, one.f1 + other.f1))
            .map(sum -> sum.f1)
            .returns(Types.LONG);
    var rust =
        LIBRARY
            .on(numbers(Clusters.environment(1, mode, backend)))
            .window(Windows.count(7))
            .call("sum")
            .as(Types.LONG);
    assertThat(Clusters.collect(rust))
        .containsExactlyInAnyOrderElementsOf(Clusters.collect(java))
        .hasSizeGreaterThan(400);
  }

  private static KeyedStream<Tuple2<String, Long>, String> few(
      StreamExecutionEnvironment env, List<Tuple2<String, Long>> numbers) {
    return EventTime.stream(env, numbers, NUMBER, number -> number.f1, 1_000)
        .keyBy(number -> number.f0);
  }

  @ParameterizedTest(name = "{0} on {1} x {2}")
  @CsvSource({"STREAMING, hashmap, 1", "STREAMING, rocksdb, 2", "BATCH, hashmap, 2"})
  void joinsPairTheRecordsOfAKey(RuntimeExecutionMode mode, String backend, int parallelism)
      throws Exception {
    var env = Clusters.environment(parallelism, mode, backend);
    var ones = few(env, List.of(Tuple2.of("a", 10L), Tuple2.of("a", 110L), Tuple2.of("b", 20L)));
    var others = few(env, List.of(Tuple2.of("a", 90L), Tuple2.of("b", 15L), Tuple2.of("c", 1L)));
    DataStream<String> joined =
        LIBRARY.on(ones).join(others).window(Windows.tumbling(SIZE)).call("pair").as(Types.STRING);
    DataStream<String> near =
        LIBRARY
            .on(ones)
            .intervalJoin(others)
            .between(Duration.ofMillis(-20), Duration.ofMillis(5))
            .call("near")
            .as(Types.STRING);
    assertThat(Clusters.collect(joined.union(near)))
        .containsExactlyInAnyOrder("a 10-90", "b 20-15", "a 110@110-90@90", "b 20@20-15@15");
  }

  @Test
  void aWindowIsToldWithAllThatThereIsToKnow() throws Exception {
    var env = Clusters.environment(1);
    var told =
        LIBRARY
            .on(few(env, List.of(Tuple2.of("a", 10L), Tuple2.of("a", 20L), Tuple2.of("b", 150L))))
            .window(Windows.tumbling(SIZE))
            .call("sum", "tell_sum")
            .as(Types.STRING);
    assertThat(Clusters.collect(told))
        .satisfiesExactlyInAnyOrder(
            one -> assertThat(one).startsWith("a [0, 100) on time 0").endsWith("[30]"),
            other -> assertThat(other).startsWith("b [100, 200) on time 0").endsWith("[150]"));
  }

  @Test
  void windowFunctionsOfTheLibraryAreCalledByName() throws Exception {
    var env = Clusters.environment(1);
    var sums =
        LIBRARY
            .on(few(env, List.of(Tuple2.of("a", 2L), Tuple2.of("a", 3L), Tuple2.of("a", 4L))))
            .window(Windows.named("doubling"))
            .call("sum")
            .as(Types.LONG);
    assertThat(Clusters.collect(sums)).containsExactly(5L, 4L);
  }
}
