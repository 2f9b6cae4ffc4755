package org.brookite.pipeline;

import java.util.HashMap;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.dag.Transformation;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.api.java.typeutils.TupleTypeInfo;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.brookite.RustJobException;
import org.brookite.RustLibrary;
import org.brookite.proto.NodeInput;
import org.brookite.proto.PipelineNode;

/** A job while the nodes of a graph are added to it. */
final class Translation {

  private final StreamExecutionEnvironment env;
  private final RustLibrary library;
  private final Map<String, NodeOutput> outputs = new HashMap<>();
  private Tables tables;

  Translation(StreamExecutionEnvironment env, RustLibrary library) {
    this.env = env;
    this.library = library;
  }

  StreamExecutionEnvironment env() {
    return env;
  }

  /** Where the graph's functions are. */
  RustLibrary library() {
    return library;
  }

  /**
   * Where connectors are.
   *
   * @throws RustJobException when Flink's Table API is missing
   */
  Tables tables() {
    if (tables == null) {
      TableApi.require();
      tables = new Tables(env);
    }
    return tables;
  }

  /** Notes down what others read from a node. */
  void put(PipelineNode node, NodeOutput output) {
    outputs.put(node.getUid(), output);
  }

  /**
   * Returns what a node reads.
   *
   * @throws RustJobException when it reads a side output that is not there
   */
  NodeOutput input(PipelineNode node, int index) {
    NodeInput input = node.getInputs(index);
    NodeOutput output = outputs.get(input.getNode());
    return input.getSideOutput().isEmpty() ? output : output.side(input.getSideOutput());
  }

  /**
   * Returns the records that a node reads, as they are, with no word on their key: for nodes that
   * are not Rust's.
   */
  DataStream<?> records(PipelineNode node, int index) {
    NodeOutput input = input(node, index).unkeyed();
    return input.arePairs() ? seconds(node, index, input.stream()) : input.stream();
  }

  @SuppressWarnings("unchecked") // Streams of pairs are of Tuple2.
  private static DataStream<?> seconds(PipelineNode node, int index, DataStream<?> pairs) {
    TypeInformation<Object> type = ((TupleTypeInfo<?>) pairs.getType()).getTypeAt(1);
    SingleOutputStreamOperator<Object> seconds =
        ((DataStream<Tuple2<Object, Object>>) pairs).map(pair -> pair.f1, type);
    Transformation<?> added = seconds.getTransformation();
    Placement.of(node).place(added);
    Placement.identify(added, node.getName() + ": input", node.getUid() + "/input-" + index);
    return seconds;
  }
}
