package org.brookite.pipeline;

import com.google.protobuf.InvalidProtocolBufferException;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.brookite.proto.PipelineNode;
import org.brookite.proto.SequenceNode;

/** Emits numbers, each subtask a part of them. */
final class SequenceSource implements NodeTranslator {

  @Override
  public void add(PipelineNode node, Translation job) throws InvalidProtocolBufferException {
    SequenceNode sequence = SequenceNode.parseFrom(node.getPayload());
    if (sequence.getFirst() > sequence.getLast()) {
      job.put(node, NodeOutput.of(CollectionSource.nothing(node, job.env(), Types.LONG)));
      return;
    }
    DataStream<Long> source = job.env().fromSequence(sequence.getFirst(), sequence.getLast());
    Placement.of(node).apply(source.getTransformation());
    job.put(node, NodeOutput.of(source));
  }
}
