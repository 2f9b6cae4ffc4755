package org.brookite.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.api.java.tuple.Tuple3;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.brookite.jobs.Clusters;
import org.brookite.proto.Environment;
import org.brookite.proto.FunctionNode;
import org.brookite.proto.IntervalBounds;
import org.brookite.proto.PartitionNode;
import org.brookite.proto.TumblingWindows;
import org.brookite.proto.WindowingStrategy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each kind of node becomes part of a job, and the job does what the graph says. */
class GraphJobTest {
  private static final String FLINK_FUNCTIONS = "flink_functions";
  private static final String CASES = "case_functions";

  @RegisterExtension static final MiniClusterExtension CLUSTER = Clusters.small();

  private static final TypeInformation<Tuple2<String, Long>> NUMBER =
      Types.TUPLE(Types.STRING, Types.LONG);

  private static Environment.Builder parallelism(int parallelism) {
    return Environment.newBuilder().setParallelism(parallelism);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void functionsOfOneStageAreOneOperator(int parallelism) throws Exception {
    TestGraph graph =
        new TestGraph(FLINK_FUNCTIONS)
            .environment(parallelism(parallelism))
            .sequence("numbers", 1, 6)
            .function("count_to", "numbers")
            .function("only_even", "count_to")
            .fused("count_to", "only_even")
            .collect("even", "only_even");
    List<Long> even = TestRun.of(FLINK_FUNCTIONS, graph).collected("even", Types.LONG);
    assertThat(even).containsExactlyInAnyOrder(2L, 2L, 4L, 2L, 4L, 2L, 4L, 6L, 2L);
  }

  @Test
  void aCollectionIsInItsOrderAndMayBeEmpty() throws Exception {
    TestGraph graph =
        new TestGraph(FLINK_FUNCTIONS)
            .environment(parallelism(4))
            .collection("numbers", Types.LONG, List.of(5L, 3L, 4L))
            .function("echo_long", "numbers")
            .with(node -> node.setParallelism(1))
            .collect("some", "echo_long")
            .with(node -> node.setParallelism(1))
            .collection("none", Types.LONG, List.of())
            .sequence("no_numbers", 1, 0)
            .union("all", "none", "no_numbers")
            .collect("nothing", "all");
    TestRun run = TestRun.of(FLINK_FUNCTIONS, graph);
    assertThat(run.collected("some", Types.LONG)).containsExactly(5L, 3L, 4L);
    assertThat(run.collected("nothing", Types.LONG)).isEmpty();
  }

  @ParameterizedTest(name = "{0} x {1}")
  @CsvSource({"STREAMING, 1", "STREAMING, 4", "BATCH, 4", "AUTOMATIC, 1"})
  void aComputedKeyKeepsTheStateOfAKeyTogether(String mode, int parallelism) throws Exception {
    TestGraph graph =
        new TestGraph(FLINK_FUNCTIONS)
            .collection("words", Types.STRING, List.of("to", "be", "or", "not", "a"))
            .keyByFunction("by_length", "words")
            .function("words_of_length", "by_length")
            .collect("told", "words_of_length");
    TestRun run =
        TestRun.of(
            FLINK_FUNCTIONS,
            graph,
            "execution.runtime-mode",
            mode,
            "parallelism.default",
            String.valueOf(parallelism));
    assertThat(run.collected("told", Types.STRING))
        .containsExactlyInAnyOrder("2 to", "2 to be", "2 to be or", "3 not", "1 a");
  }

  @Test
  void whatReadsAStreamWithComputedKeysSeesTheRecords() throws Exception {
    TestGraph graph =
        new TestGraph(FLINK_FUNCTIONS)
            .environment(parallelism(2))
            .collection("words", Types.STRING, List.of("to", "be", "a"))
            .keyByFunction("by_length", "words")
            .function("echo_string", "by_length")
            .union("all", "by_length", "echo_string")
            .collect("twice", "all");
    assertThat(TestRun.of(FLINK_FUNCTIONS, graph).collected("twice", Types.STRING))
        .containsExactlyInAnyOrder("to", "to", "be", "be", "a", "a");
  }

  @Test
  void aFieldOfATupleIsTheKeyOfConnectedStreams() throws Exception {
    TypeInformation<Tuple3<String, Long, Long>> triple =
        Types.TUPLE(Types.STRING, Types.LONG, Types.LONG);
    TestGraph graph =
        new TestGraph(FLINK_FUNCTIONS)
            .environment(parallelism(4))
            .collection(
                "numbers",
                NUMBER,
                List.of(Tuple2.of("a", 1L), Tuple2.of("b", 5L), Tuple2.of("a", 3L)))
            .collection(
                "limits", triple, List.of(Tuple3.of("a", 3L, 100L), Tuple3.of("b", 5L, 100L)))
            .keyByField("key_numbers", TestGraph.STRING, "f0", "numbers")
            .keyByField("key_limits", TestGraph.STRING, "f0", "limits")
            .function("sum_above_limit", "key_numbers", "key_limits")
            .collect("above", "sum_above_limit");
    assertThat(TestRun.of(FLINK_FUNCTIONS, graph).collected("above", triple))
        .containsExactly(Tuple3.of("a", 100L, 4L));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void windowsAndTheirLateRecords(int parallelism) throws Exception {
    WindowingStrategy.Builder windows =
        WindowingStrategy.newBuilder().setTumbling(TumblingWindows.newBuilder().setSizeMs(100));
    TestGraph graph =
        new TestGraph(CASES)
            .environment(parallelism(parallelism))
            .collection(
                "numbers",
                NUMBER,
                List.of(Tuple2.of("a", 10L), Tuple2.of("a", 20L), Tuple2.of("b", 150L)))
            .timestamps("number_time", 1_000, "numbers")
            .keyByField("key", TestGraph.STRING, "f0", "number_time")
            .function(
                FunctionNode.newBuilder().setWindowing(windows).setLateOutput("late"), "sum", "key")
            .function("tell_sum", "sum")
            .fused("sum", "tell_sum")
            .collect("told", "tell_sum")
            .collect("late", "sum.late");
    TestRun run = TestRun.of(CASES, graph);
    assertThat(run.collected("told", Types.STRING))
        .satisfiesExactlyInAnyOrder(
            one -> assertThat(one).startsWith("a [0, 100) on time 0").endsWith("[30]"),
            other -> assertThat(other).startsWith("b [100, 200) on time 0").endsWith("[150]"));
    assertThat(run.collected("late", NUMBER)).isEmpty();
  }

  @Test
  void aStreamIsJoinedWithItselfByWindowAndByInterval() throws Exception {
    WindowingStrategy.Builder windows =
        WindowingStrategy.newBuilder().setTumbling(TumblingWindows.newBuilder().setSizeMs(100));
    IntervalBounds.Builder near = IntervalBounds.newBuilder().setLowerMs(-20).setUpperMs(5);
    TestGraph graph =
        new TestGraph(CASES)
            .environment(parallelism(2))
            .collection(
                "one",
                NUMBER,
                List.of(Tuple2.of("a", 10L), Tuple2.of("a", 110L), Tuple2.of("b", 20L)))
            .timestamps("number_time", 1_000, "one")
            .keyByField("key", TestGraph.STRING, "f0", "number_time")
            .function(FunctionNode.newBuilder().setWindowing(windows), "pair", "key", "key")
            .function(FunctionNode.newBuilder().setInterval(near), "near", "key", "key")
            .union("all", "pair", "near")
            .collect("joined", "all");
    assertThat(TestRun.of(CASES, graph).collected("joined", Types.STRING))
        .containsExactlyInAnyOrder(
            "a 10-10",
            "a 110-110",
            "b 20-20",
            "a 10@10-10@10",
            "a 110@110-110@110",
            "b 20@20-20@20");
  }

  @ParameterizedTest
  @ValueSource(strings = {"STREAMING", "BATCH", "AUTOMATIC"})
  void aBroadcastStreamGoesToAllSubtasks(String mode) throws Exception {
    // In BATCH mode all that is broadcast comes first; else both streams race.
    TestGraph graph =
        new TestGraph(FLINK_FUNCTIONS)
            .environment(parallelism(4))
            .collection("words", Types.STRING, List.of("to", "be", "or", "not"))
            .collection("rules", Types.STRING, List.of("be", "not"))
            .partition("spread", PartitionNode.Kind.KIND_REBALANCE, "words")
            .function("allowed", "spread", "rules")
            .collect("told", "allowed");
    List<String> told =
        TestRun.of(FLINK_FUNCTIONS, graph, "execution.runtime-mode", mode)
            .collected("told", Types.STRING);
    if (mode.equals("STREAMING")) {
      assertThat(told).isSubsetOf("be", "not");
    } else {
      assertThat(told).containsExactlyInAnyOrder("be", "not");
    }
  }

  @Test
  void aComputedPartitionSaysWhichSubtask() throws Exception {
    TypeInformation<Tuple2<Long, Integer>> placed = Types.TUPLE(Types.LONG, Types.INT);
    TestGraph graph =
        new TestGraph(FLINK_FUNCTIONS)
            .environment(parallelism(2))
            .sequence("numbers", 0, 9)
            .partition("by_parity", PartitionNode.Kind.KIND_CUSTOM, "numbers")
            .function("subtask_of", "by_parity")
            .collect("placed", "subtask_of");
    assertThat(TestRun.of(FLINK_FUNCTIONS, graph).collected("placed", placed))
        .containsExactlyInAnyOrderElementsOf(
            LongStream.range(0, 10)
                .mapToObj(number -> Tuple2.of(number, (int) (number % 2)))
                .collect(Collectors.toList()));
  }

  @ParameterizedTest
  @CsvSource({
    "KIND_GLOBAL, 1",
    "KIND_BROADCAST, 4",
    "KIND_SHUFFLE, 1",
    "KIND_RESCALE, 1",
    "KIND_REBALANCE, 1"
  })
  void exchangesLoseNoRecord(PartitionNode.Kind kind, int times) throws Exception {
    TypeInformation<Tuple2<Long, Integer>> placed = Types.TUPLE(Types.LONG, Types.INT);
    TestGraph graph =
        new TestGraph(FLINK_FUNCTIONS)
            .environment(parallelism(4))
            .sequence("numbers", 0, 9)
            .partition("exchange", kind, "numbers")
            .function("subtask_of", "exchange")
            .collect("placed", "subtask_of");
    List<Tuple2<Long, Integer>> found =
        TestRun.of(FLINK_FUNCTIONS, graph).collected("placed", placed);
    assertThat(found).hasSize(10 * times);
    if (kind == PartitionNode.Kind.KIND_GLOBAL) {
      assertThat(found).allMatch(each -> each.f1 == 0);
    }
  }

  @Test
  void sideOutputsOfAnyFunctionOfAStage() throws Exception {
    TestGraph graph =
        new TestGraph(FLINK_FUNCTIONS)
            .collection("numbers", Types.LONG, List.of(3L, -1L, 0L, 4L))
            .function("by_sign", "numbers")
            .function("even", "by_sign")
            .fused("by_sign", "even")
            .collect("results", "even")
            .union("aside", "by_sign.negative", "even.odd")
            .collect("others", "aside")
            .collect("zeros", "by_sign.zero");
    TestRun run = TestRun.of(FLINK_FUNCTIONS, graph, "parallelism.default", "1");
    assertThat(run.collected("results", Types.LONG)).containsExactly(4L);
    assertThat(run.collected("others", Types.LONG)).containsExactlyInAnyOrder(-1L, 3L);
    assertThat(run.collected("zeros", Types.STRING)).hasSize(1);
  }

  @Test
  void linesOfFilesByPattern(@TempDir Path folder) throws Exception {
    Files.createDirectories(folder.resolve("a/deep"));
    Files.writeString(folder.resolve("a/one.txt"), "one\r\ntwo\n");
    Files.writeString(folder.resolve("a/deep/two.txt"), "three");
    Files.writeString(folder.resolve("a/three.csv"), "four");
    TestGraph graph =
        new TestGraph(FLINK_FUNCTIONS)
            .environment(parallelism(2))
            .textFiles("lines", folder + "/**/*.txt")
            .function("echo_string", "lines")
            .collect("read", "echo_string");
    assertThat(TestRun.of(FLINK_FUNCTIONS, graph).collected("read", Types.STRING))
        .containsExactlyInAnyOrder("one", "two", "three");
    TestGraph missing =
        new TestGraph(FLINK_FUNCTIONS).textFiles("lines", folder + "/no.txt").collect("c", "lines");
    assertThatThrownBy(() -> TestRun.of(FLINK_FUNCTIONS, missing))
        .hasMessageContaining("node 'lines' of pipeline 'by hand'")
        .hasMessageContaining("there is no file or folder")
        .hasMessageContaining("no.txt");
  }

  @Test
  void whatIsCollectedIsThereOnceWhenTheJobWasRestarted() throws Exception {
    TestGraph graph =
        new TestGraph(FLINK_FUNCTIONS)
            .environment(parallelism(1).setCheckpointIntervalMs(10))
            .collection("words", Types.STRING, Collections.nCopies(20_000, "a"))
            .keyByItself("by_word", TestGraph.STRING, "words")
            .function("count_and_panic_once", "by_word")
            .collect("counts", "count_and_panic_once");
    TestRun run =
        TestRun.of(
            FLINK_FUNCTIONS,
            graph,
            "restart-strategy.type",
            "fixed-delay",
            "restart-strategy.fixed-delay.delay",
            "1 ms");
    assertThat(run.collected("counts", NUMBER))
        .containsExactlyElementsOf(
            LongStream.rangeClosed(1, 20_000)
                .mapToObj(count -> Tuple2.of("a", count))
                .collect(Collectors.toList()));
  }
}
