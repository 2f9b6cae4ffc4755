package org.brookite.pipeline;

import com.google.protobuf.InvalidProtocolBufferException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.brookite.RustJobException;
import org.brookite.RustLibrary;
import org.brookite.proto.PipelineGraph;
import org.brookite.proto.PipelineNode;
import org.brookite.proto.PipelineStage;

/** Adds the nodes of a pipeline's graph to a job, each behind those that it reads from. */
final class Translator {

  private static final Map<NodeKind, NodeTranslator> TRANSLATORS = new EnumMap<>(NodeKind.class);

  static {
    TRANSLATORS.put(NodeKind.COLLECTION, new CollectionSource());
    TRANSLATORS.put(NodeKind.TEST_STREAM, new TestStreamSource());
    TRANSLATORS.put(NodeKind.SEQUENCE, new SequenceSource());
    TRANSLATORS.put(NodeKind.TEXT_FILES, new TextFilesSource());
    TRANSLATORS.put(NodeKind.CONNECTOR_SOURCE, new ConnectorSource());
    TRANSLATORS.put(NodeKind.KEY_BY, new KeyBy());
    TRANSLATORS.put(NodeKind.PARTITION, new Partition());
    TRANSLATORS.put(NodeKind.UNION, new Union());
    TRANSLATORS.put(NodeKind.TIMESTAMPS, new Timestamps());
    TRANSLATORS.put(NodeKind.CONNECTOR_SINK, new ConnectorSink());
    TRANSLATORS.put(NodeKind.PRINT, new PrintSink());
    TRANSLATORS.put(NodeKind.COLLECT, new CollectSink());
  }

  private final PipelineGraph graph;
  private final Map<String, PipelineNode> nodes = new HashMap<>();
  private final Translation job;

  private Translator(PipelineGraph graph, RustLibrary library, StreamExecutionEnvironment env) {
    this.graph = graph;
    this.job = new Translation(env, library);
    graph.getNodesList().forEach(node -> nodes.put(node.getUid(), node));
  }

  /**
   * Adds a graph to a job.
   *
   * @param graph as {@link PipelineGraphs} has checked it
   * @param library has the functions
   * @throws RustJobException when a node cannot be part of a job of Flink; names the node
   */
  static void translate(PipelineGraph graph, RustLibrary library, StreamExecutionEnvironment env) {
    Translator translator = new Translator(graph, library, env);
    graph.getStagesList().forEach(translator::add);
  }

  private void add(PipelineStage stage) {
    List<PipelineNode> members = new ArrayList<>();
    stage.getNodesList().forEach(uid -> members.add(nodes.get(uid)));
    PipelineNode first = members.get(0);
    NodeTranslator translator = TRANSLATORS.get(NodeKind.of(first));
    try {
      if (translator == null) {
        FunctionStage.add(job, stage, members);
      } else {
        translator.add(first, job);
      }
    } catch (InvalidProtocolBufferException e) {
      throw refused(first, "the graph is damaged: " + e.getMessage(), e);
    } catch (RuntimeException e) {
      throw refused(first, e.getMessage(), e);
    }
  }

  private RustJobException refused(PipelineNode node, String why, Exception cause) {
    String name = node.getName();
    String called = name.equals(node.getUid()) ? "" : String.format(" (%s)", name);
    return new RustJobException(
        String.format(
            "node '%s'%s of pipeline '%s': %s", node.getUid(), called, graph.getName(), why),
        cause);
  }
}
