package org.brookite.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import java.util.List;
import org.brookite.RustJobException;
import org.brookite.proto.NodeInput;
import org.brookite.proto.PipelineGraph;
import org.brookite.proto.PipelineNode;
import org.brookite.proto.PipelineStage;
import org.junit.jupiter.api.Test;

/** Graphs are checked before anything is made of them. */
class PipelineGraphsTest {

  private static PipelineNode.Builder node(String uid, String kind, String... inputs) {
    PipelineNode.Builder node =
        PipelineNode.newBuilder().setUid(uid).setUrn("brookite:node:" + kind + ":v1");
    for (String input : inputs) {
      node.addInputs(NodeInput.newBuilder().setNode(input));
    }
    return node;
  }

  private static PipelineStage.Builder stage(String... nodes) {
    return PipelineStage.newBuilder().setUid(nodes[0]).addAllNodes(List.of(nodes));
  }

  private static PipelineGraph.Builder graph() {
    return PipelineGraph.newBuilder().setVersion(1).setName("words");
  }

  private static void assertRefused(PipelineGraph.Builder graph, String... messages) {
    byte[] encoded = graph.build().toByteArray();
    assertThatThrownBy(() -> PipelineGraphs.decode(encoded))
        .isInstanceOf(RustJobException.class)
        .hasMessageContainingAll(messages);
  }

  @Test
  void aSoundGraphIsReadAsItIs() {
    PipelineGraph graph =
        graph()
            .addNodes(node("lines", "text_files"))
            .addNodes(node("split", "function", "lines"))
            .addNodes(node("upper", "function", "split"))
            .addNodes(node("print", "print", "upper"))
            .addStages(stage("lines"))
            .addStages(stage("split", "upper"))
            .addStages(stage("print"))
            .build();
    assertThat(PipelineGraphs.decode(graph.toByteArray())).isEqualTo(graph);
  }

  @Test
  void aNewerVersionSaysSo() {
    assertRefused(
        graph().setVersion(2).addNodes(node("x", "from_the_future")),
        "pipeline 'words' has version 2",
        "versions up to 1");
  }

  @Test
  void anUnknownNodeIsNamed() {
    assertRefused(
        graph().addNodes(node("guess", "oracle")),
        "node 'guess'",
        "'brookite:node:oracle:v1'",
        "brookite:node:function:v1");
  }

  @Test
  void whatIsNoGraphIsRefused() {
    assertThatThrownBy(() -> PipelineGraphs.decode(new byte[] {1, 2, 3}))
        .isInstanceOf(RustJobException.class)
        .hasMessageContaining("cannot be read");
    assertThatThrownBy(() -> PipelineGraphs.decode(new byte[0]))
        .isInstanceOf(RustJobException.class)
        .hasMessageContaining("no version");
    assertRefused(graph(), "has no nodes");
  }

  @Test
  void inputsMustBeThere() {
    assertRefused(
        graph().addNodes(node("print", "print", "lines")).addStages(stage("print")),
        "node 'print' reads from node 'lines', which does not stand before it");
    assertRefused(
        graph()
            .addNodes(node("lines", "text_files"))
            .addNodes(node("print", "print", "lines"))
            .addNodes(node("again", "print", "print")),
        "node 'again' reads from node 'print', which is a sink");
    assertRefused(
        graph().addNodes(node("lines", "text_files")).addNodes(node("print", "print")),
        "node 'print' reads from 0 nodes");
  }

  @Test
  void uidsAreUnique() {
    assertRefused(
        graph().addNodes(node("lines", "text_files")).addNodes(node("lines", "text_files")),
        "two nodes of the graph have the uid 'lines'");
    assertRefused(graph().addNodes(node("", "text_files").setName("nameless")), "'nameless'");
  }

  @Test
  void stagesAreChainsOfFunctions() {
    PipelineGraph.Builder nodes =
        graph()
            .addNodes(node("lines", "text_files"))
            .addNodes(node("split", "function", "lines"))
            .addNodes(node("upper", "function", "split"))
            .addNodes(node("print", "print", "split"));
    assertRefused(
        nodes.clone().addStages(stage("lines")).addStages(stage("split", "upper")),
        "node 'print' is in no stage");
    assertRefused(
        nodes.clone().addStages(stage("lines", "split")), "node 'lines'", "is no function");
    assertRefused(
        nodes.clone().addStages(stage("split")), "node 'split' is in a stage ahead of that of");
    assertRefused(
        nodes
            .clone()
            .addStages(stage("lines"))
            .addStages(stage("split", "upper"))
            .addStages(stage("print")),
        "node 'print' reads the results of 'split'");
    assertRefused(
        nodes.clone().addStages(stage("lines")).addStages(stage("lines")), "no uid of its own");
    assertRefused(nodes.clone().addStages(stage("absent")), "'absent'");
  }

  @Test
  void aMessageThatCannotBeReadNamesItsNode() {
    PipelineGraph graph =
        graph()
            .addNodes(node("lines", "text_files"))
            .addNodes(
                node("split", "function", "lines").setPayload(ByteString.copyFromUtf8("\u0007")))
            .build();
    assertThatThrownBy(() -> GraphManifest.of(graph, "crate", ""))
        .isInstanceOf(RustJobException.class)
        .hasMessageContaining("node 'split'");
  }
}
