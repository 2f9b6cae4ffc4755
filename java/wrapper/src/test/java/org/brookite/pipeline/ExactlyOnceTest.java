package org.brookite.pipeline;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.brookite.RustJobException;
import org.brookite.proto.ConnectorNode;
import org.brookite.proto.PipelineGraph;
import org.brookite.proto.PipelineNode;
import org.junit.jupiter.api.Test;

/** What would never be committed is no job. */
class ExactlyOnceTest {

  private static PipelineGraph writing(String guarantee) {
    ConnectorNode connector =
        ConnectorNode.newBuilder()
            .setConnector("kafka")
            .putOptions("sink.delivery-guarantee", guarantee)
            .build();
    PipelineNode.Builder node =
        PipelineNode.newBuilder()
            .setUid("totals")
            .setUrn("brookite:node:connector_sink:v1")
            .setPayload(connector.toByteString());
    return PipelineGraph.newBuilder().setName("payments").addNodes(node).build();
  }

  @Test
  void aSinkThatWaitsForCheckpointsIsRefusedWithoutThem() {
    assertThatThrownBy(() -> ExactlyOnce.requireNone(writing("exactly-once")))
        .isInstanceOf(RustJobException.class)
        .hasMessageContaining("node 'totals' of pipeline 'payments' writes exactly once")
        .hasMessageContaining("-Dexecution.checkpointing.interval=10s");
  }

  @Test
  void otherGuaranteesNeedNone() {
    assertThatCode(() -> ExactlyOnce.requireNone(writing("at-least-once")))
        .doesNotThrowAnyException();
  }
}
