package org.brookite.pipeline;

import com.google.protobuf.InvalidProtocolBufferException;
import java.util.TreeMap;
import org.brookite.RustJobException;
import org.brookite.proto.Function;
import org.brookite.proto.FunctionNode;
import org.brookite.proto.KeyByNode;
import org.brookite.proto.Manifest;
import org.brookite.proto.PartitionNode;
import org.brookite.proto.PipelineGraph;
import org.brookite.proto.PipelineNode;
import org.brookite.proto.TimestampsNode;

/**
 * The functions of a graph, in the form of a library's manifest: what the library offers once it
 * has built the pipeline. So that a job can be checked where the library cannot be opened.
 */
final class GraphManifest {

  private static final String WINDOW_FUNCTION = "brookite:function:window_fn:v1";

  private final TreeMap<String, Function> functions = new TreeMap<>();

  private GraphManifest() {}

  /**
   * Gathers the functions of a graph.
   *
   * @throws RustJobException when a node's message cannot be read
   */
  static Manifest of(PipelineGraph graph, String crateName, String crateVersion) {
    GraphManifest manifest = new GraphManifest();
    for (PipelineNode node : graph.getNodesList()) {
      try {
        manifest.add(node);
      } catch (InvalidProtocolBufferException e) {
        throw new RustJobException(
            String.format("node '%s': the graph is damaged: %s", node.getUid(), e.getMessage()), e);
      }
    }
    return Manifest.newBuilder()
        .setCrateName(crateName)
        .setCrateVersion(crateVersion)
        .addAllFunctions(manifest.functions.values())
        .build();
  }

  private void add(PipelineNode node) throws InvalidProtocolBufferException {
    switch (NodeKind.of(node)) {
      case FUNCTION:
        FunctionNode function = FunctionNode.parseFrom(node.getPayload());
        add(function.getFunction());
        if (function.getWindowing().hasNamed()) {
          String windows = function.getWindowing().getNamed().getFunction();
          add(Function.newBuilder().setName(windows).setKind(WINDOW_FUNCTION).build());
        }
        break;
      case KEY_BY:
        KeyByNode keyBy = KeyByNode.parseFrom(node.getPayload());
        if (keyBy.hasSelector()) {
          add(keyBy.getSelector());
        }
        break;
      case PARTITION:
        PartitionNode partition = PartitionNode.parseFrom(node.getPayload());
        if (partition.hasPartitioner()) {
          add(partition.getPartitioner());
        }
        break;
      case TIMESTAMPS:
        add(TimestampsNode.parseFrom(node.getPayload()).getAssigner());
        break;
      default:
        break;
    }
  }

  private void add(Function function) {
    functions.put(function.getName(), function);
  }
}
