package org.brookite.pipeline;

import com.google.protobuf.InvalidProtocolBufferException;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.brookite.operator.Chains;
import org.brookite.proto.CollectNode;
import org.brookite.proto.PipelineNode;

/** Hands records to the program that started the job, by way of an accumulator. */
final class CollectSink implements NodeTranslator {

  @Override
  public void add(PipelineNode node, Translation job) throws InvalidProtocolBufferException {
    CollectNode collect = CollectNode.parseFrom(node.getPayload());
    collect(node, job.records(node, 0), collect.getName());
  }

  private static <T> void collect(PipelineNode node, DataStream<T> records, String name) {
    TypeSerializer<T> serializer =
        records.getType().createSerializer(records.getExecutionConfig().getSerializerConfig());
    CollectOperator<T> operator = new CollectOperator<>(name, serializer);
    Placement.of(node)
        .apply(
            Chains.join(records.transform(node.getName(), Types.VOID, operator))
                .getTransformation());
  }
}
