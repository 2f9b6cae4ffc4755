package org.brookite.pipeline;

import com.google.protobuf.InvalidProtocolBufferException;
import org.brookite.RustJobException;
import org.brookite.proto.ConnectorNode;
import org.brookite.proto.PipelineGraph;
import org.brookite.proto.PipelineNode;

/**
 * What a sink writes exactly once is committed with a checkpoint: without checkpoints nobody would
 * ever see it.
 */
final class ExactlyOnce {

  private static final String GUARANTEE = "sink.delivery-guarantee";

  private ExactlyOnce() {}

  /**
   * Checks a job that does not end by itself, and makes no checkpoints. One that ends commits then.
   *
   * @throws RustJobException when a sink waits for a checkpoint; names the node
   */
  static void requireNone(PipelineGraph graph) {
    for (PipelineNode node : graph.getNodesList()) {
      if (NodeKind.of(node) == NodeKind.CONNECTOR_SINK && isExactlyOnce(node)) {
        throw new RustJobException(
            String.format(
                "node '%s' of pipeline '%s' writes exactly once, which it does with checkpoints, and"
                    + " the job makes none, so that nothing would ever be committed: say"
                    + " p.checkpoint_interval(..) in the pipeline, or"
                    + " -Dexecution.checkpointing.interval=10s when it is submitted; or have it write"
                    + " '%s' = 'at-least-once'",
                node.getUid(), graph.getName(), GUARANTEE));
      }
    }
  }

  private static boolean isExactlyOnce(PipelineNode node) {
    try {
      String guarantee = ConnectorNode.parseFrom(node.getPayload()).getOptionsMap().get(GUARANTEE);
      return "exactly-once".equalsIgnoreCase(guarantee);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("the graph was translated before", e);
    }
  }
}
