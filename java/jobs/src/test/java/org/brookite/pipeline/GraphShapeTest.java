package org.brookite.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.apache.flink.streaming.api.graph.StreamNode;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.brookite.RustJobException;
import org.brookite.jobs.Clusters;
import org.brookite.proto.Chaining;
import org.brookite.proto.Environment;
import org.brookite.proto.FunctionNode;
import org.brookite.proto.PartitionNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * What Flink's Web UI and savepoints see of a graph: names, uids, parallelism, chains, key groups.
 */
class GraphShapeTest {
  private static final String FLINK_FUNCTIONS = "flink_functions";

  @RegisterExtension static final MiniClusterExtension CLUSTER = Clusters.small();

  private static StreamGraph shape(TestGraph graph, String... options) {
    StreamExecutionEnvironment env =
        TestRun.environment(TestRun.job(FLINK_FUNCTIONS, graph, options));
    return env.getStreamGraph();
  }

  private static String described(StreamNode node) {
    return String.format(
        "%s = %s x %d", node.getOperatorName(), node.getTransformationUID(), node.getParallelism());
  }

  @Test
  void eachOperatorHasItsNameItsUidAndItsParallelism() {
    TypeInformation<Tuple2<String, Long>> pair = Types.TUPLE(Types.STRING, Types.LONG);
    TestGraph graph =
        new TestGraph(FLINK_FUNCTIONS)
            .environment(Environment.newBuilder().setParallelism(4).setMaxParallelism(64))
            .collection("pairs", pair, List.of(Tuple2.of("a", 1L)))
            .timestamps("second_field", 5, "pairs")
            .print("print_pairs", "", "second_field")
            .sequence("numbers", 1, 9)
            .with(node -> node.setParallelism(2))
            .function("count_to", "numbers")
            .function("only_even", "count_to")
            .fused("count_to", "only_even")
            .partition("by_parity", PartitionNode.Kind.KIND_CUSTOM, "only_even")
            .collect("parities", "by_parity")
            .with(node -> node.setParallelism(1).setMaxParallelism(7))
            .collection("none", Types.STRING, List.of())
            .keyByFunction("by_length", "none")
            .function("words_of_length", "by_length")
            .with(node -> node.setSlotSharingGroup("heavy"))
            .collect("words", "words_of_length");
    StreamGraph shape = shape(graph, "pipeline.auto-generate-uids", "false");
    assertThat(shape.getStreamNodes().stream().map(GraphShapeTest::described))
        .containsExactlyInAnyOrder(
            "Source: pairs = pairs x 1",
            "second field = second_field x 1",
            "second field: watermarks = second_field/watermarks x 1",
            "print pairs = print_pairs x 4",
            "Source: numbers = numbers x 2",
            "count to -> only even = count_to x 4",
            "by parity = by_parity x 4",
            "parities: input = parities/input-0 x 1",
            "parities = parities x 1",
            "Source: none = none x 1",
            "none: nothing = none/nothing x 1",
            "by length = by_length x 1",
            "words of length = words_of_length x 4",
            "words = words x 4");
    assertThat(named(shape, "parities").getMaxParallelism()).isEqualTo(7);
    assertThat(named(shape, "words of length").getSlotSharingGroup()).isEqualTo("heavy");
    assertThat(named(shape, "words").getSlotSharingGroup()).isEqualTo("heavy");
    assertThat(named(shape, "print pairs").getSlotSharingGroup()).isEqualTo("default");
    assertThat(shape.getExecutionConfig().getMaxParallelism()).isEqualTo(64);
    // Flink refuses the job when an operator has no uid.
    shape.getJobGraph();
  }

  private static StreamNode named(StreamGraph shape, String name) {
    return shape.getStreamNodes().stream()
        .filter(node -> node.getOperatorName().equals(name))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void chainsBreakWhereTheNodeSaysSo() {
    TestGraph graph =
        new TestGraph(FLINK_FUNCTIONS)
            .sequence("numbers", 1, 9)
            .function("echo_long", "numbers")
            .function("count_to", "echo_long")
            .with(node -> node.setChaining(Chaining.CHAINING_START_NEW))
            .function("only_even", "count_to")
            .with(node -> node.setChaining(Chaining.CHAINING_NEVER))
            .print("print", "", "only_even");
    List<String> tasks = new java.util.ArrayList<>();
    shape(graph).getJobGraph().getVertices().forEach(vertex -> tasks.add(vertex.getName()));
    assertThat(tasks)
        .containsExactlyInAnyOrder(
            "Source: numbers -> echo long", "count to", "only even", "print");
  }

  @Test
  void recordsGoWhereKeyByInJavaSendsThem() throws Exception {
    TypeInformation<Tuple2<Long, Integer>> placed = Types.TUPLE(Types.LONG, Types.INT);
    TestGraph graph =
        new TestGraph(FLINK_FUNCTIONS)
            .environment(Environment.newBuilder().setParallelism(4).setMaxParallelism(32))
            .sequence("numbers", 0, 99)
            .keyByItself("by_itself", TestGraph.BIGINT, "numbers")
            .function("subtask_of", "by_itself")
            .collect("placed", "subtask_of");
    assertThat(TestRun.of(FLINK_FUNCTIONS, graph).collected("placed", placed))
        .containsExactlyInAnyOrderElementsOf(
            LongStream.range(0, 100)
                .mapToObj(
                    key ->
                        Tuple2.of(
                            key, KeyGroupRangeAssignment.assignKeyToParallelOperator(key, 32, 4)))
                .collect(Collectors.toList()));
  }

  @Test
  void whatCannotBeNamesItsNode() {
    assertRefused(
        new TestGraph(FLINK_FUNCTIONS)
            .sequence("numbers", 0, 9)
            .keyByField("by_field", TestGraph.BIGINT, "f0", "numbers"),
        "node 'by_field' (by field) of pipeline 'by hand': there is no field 'f0' to key by");
    assertRefused(
        new TestGraph(FLINK_FUNCTIONS).sequence("numbers", 0, 9).function("echo_string", "numbers"),
        "node 'echo_string' (echo string)",
        "input type of Rust function 'echo_string'",
        "expected STRING, found BIGINT");
    assertRefused(
        new TestGraph("case_functions")
            .collection(
                "numbers", Types.TUPLE(Types.STRING, Types.LONG), List.of(Tuple2.of("a", 1L)))
            .keyByField("key", TestGraph.STRING, "f0", "numbers")
            .function("sum", "key"),
        "node 'sum'",
        "the graph does not say of which");
    assertRefused(
        new TestGraph(FLINK_FUNCTIONS)
            .sequence("numbers", 0, 9)
            .function("by_sign", "numbers")
            .collect("others", "by_sign.others"),
        "node 'others'",
        "function 'by_sign' has no side output 'others': it has [negative, zero]");
    assertRefused(
        new TestGraph(FLINK_FUNCTIONS)
            .node("numbers", "collection", TestGraph.BIGINT, FunctionNode.getDefaultInstance())
            .with(
                node ->
                    node.setPayload(
                        org.brookite.shaded.protobuf.ByteString.copyFrom(
                            new byte[] {10, 3, 10, 1, 7}))),
        "node 'numbers'",
        "element 0 of its collection is no Long");
  }

  private static void assertRefused(TestGraph graph, String... messages) {
    assertThatThrownBy(() -> shape(graph))
        .isInstanceOf(RustJobException.class)
        .hasMessageContainingAll(messages);
  }
}
