package org.brookite.pipeline;

import org.apache.flink.streaming.api.datastream.DataStream;
import org.brookite.proto.PipelineNode;

/** Takes the records of several streams as those of one. */
final class Union implements NodeTranslator {

  @Override
  public void add(PipelineNode node, Translation job) {
    DataStream<?>[] streams = new DataStream<?>[node.getInputsCount()];
    for (int i = 0; i < streams.length; i++) {
      streams[i] = job.records(node, i);
    }
    job.put(node, NodeOutput.of(union(streams)));
  }

  /** Flink checks that their types are the same. */
  @SuppressWarnings({"unchecked", "rawtypes"}) // There are no arrays of a generic type.
  private static DataStream<?> union(DataStream<?>[] streams) {
    DataStream<Object> first = (DataStream<Object>) streams[0];
    DataStream<Object>[] others = new DataStream[streams.length - 1];
    System.arraycopy(streams, 1, others, 0, others.length);
    return others.length == 0 ? first : first.union(others);
  }
}
