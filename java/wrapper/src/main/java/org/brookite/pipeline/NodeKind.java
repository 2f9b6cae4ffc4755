package org.brookite.pipeline;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.brookite.RustJobException;
import org.brookite.proto.PipelineNode;

/** The kinds of nodes, by their URN. */
enum NodeKind {
  COLLECTION("collection", 0, 0, true),
  TEST_STREAM("test_stream", 0, 0, true),
  SEQUENCE("sequence", 0, 0, true),
  TEXT_FILES("text_files", 0, 0, true),
  CONNECTOR_SOURCE("connector_source", 0, 0, true),
  FUNCTION("function", 1, 2, true),
  KEY_BY("key_by", 1, 1, true),
  PARTITION("partition", 1, 1, true),
  UNION("union", 1, Integer.MAX_VALUE, true),
  TIMESTAMPS("timestamps", 1, 1, true),
  CONNECTOR_SINK("connector_sink", 1, 1, false),
  PRINT("print", 1, 1, false),
  COLLECT("collect", 1, 1, false);

  private final String urn;
  private final int leastInputs;
  private final int mostInputs;
  private final boolean hasOutput;

  NodeKind(String name, int leastInputs, int mostInputs, boolean hasOutput) {
    this.urn = "brookite:node:" + name + ":v1";
    this.leastInputs = leastInputs;
    this.mostInputs = mostInputs;
    this.hasOutput = hasOutput;
  }

  /**
   * Returns the kind of a node.
   *
   * @throws RustJobException when it is none of these
   */
  static NodeKind of(PipelineNode node) {
    for (NodeKind kind : values()) {
      if (kind.urn.equals(node.getUrn())) {
        return kind;
      }
    }
    throw new RustJobException(
        String.format(
            "node '%s' is of a kind that brookite-flink here does not know, '%s': package the job with"
                + " the brookite-flink of the release that built it; known are %s",
            node.getUid(),
            node.getUrn(),
            Arrays.stream(values()).map(NodeKind::urn).collect(Collectors.joining(", "))));
  }

  String urn() {
    return urn;
  }

  int leastInputs() {
    return leastInputs;
  }

  int mostInputs() {
    return mostInputs;
  }

  /** Whether other nodes can read from it. */
  boolean hasOutput() {
    return hasOutput;
  }

  /** As messages call it. */
  @Override
  public String toString() {
    return urn;
  }
}
