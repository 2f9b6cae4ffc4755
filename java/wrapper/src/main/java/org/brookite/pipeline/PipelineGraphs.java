package org.brookite.pipeline;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import java.io.IOException;
import org.brookite.RustJobException;
import org.brookite.proto.PipelineGraph;

/** Reads the graphs of pipelines. */
public final class PipelineGraphs {

  /** The latest version of the format that is known here. */
  public static final int VERSION = 1;

  /** More than protobuf's default, for types that nest. */
  private static final int MAX_DEPTH = 1_000;

  private PipelineGraphs() {}

  /**
   * Reads a graph and checks that its nodes hang together.
   *
   * @throws RustJobException when it is damaged, of a newer version, or has a node that is not
   *     known here; names the node
   */
  public static PipelineGraph decode(byte[] encoded) {
    PipelineGraph graph = parse(encoded);
    if (graph.getVersion() > VERSION) {
      throw new RustJobException(
          String.format(
              "the graph of pipeline '%s' has version %d, and brookite-flink here reads versions up to"
                  + " %d: package the job with the brookite-flink of the release that built it",
              graph.getName(), graph.getVersion(), VERSION));
    }
    if (graph.getVersion() == 0) {
      throw new RustJobException("the graph of a pipeline names no version: it is damaged");
    }
    new GraphCheck(graph).check();
    return graph;
  }

  private static PipelineGraph parse(byte[] encoded) {
    CodedInputStream input = CodedInputStream.newInstance(encoded);
    input.setRecursionLimit(MAX_DEPTH);
    try {
      PipelineGraph graph = PipelineGraph.parseFrom(input);
      input.checkLastTagWas(0);
      return graph;
    } catch (InvalidProtocolBufferException e) {
      throw new RustJobException(
          String.format("the graph of a pipeline cannot be read: %s", e.getMessage()), e);
    } catch (IOException e) {
      throw new IllegalStateException("an array in memory cannot fail to be read", e);
    }
  }
}
