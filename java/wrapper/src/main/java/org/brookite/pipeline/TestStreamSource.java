package org.brookite.pipeline;

import com.google.protobuf.InvalidProtocolBufferException;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.brookite.operator.Chains;
import org.brookite.proto.PipelineNode;
import org.brookite.proto.TestStreamNode;
import org.brookite.type.TypeMapping;

/**
 * Does what a test wrote down, event by event.
 *
 * <p>Flink's source of numbers counts the events, and remembers in checkpoints how far it is; an
 * operator behind it does what each number stands for.
 */
final class TestStreamSource implements NodeTranslator {

  @Override
  public void add(PipelineNode node, Translation job) throws InvalidProtocolBufferException {
    int events = TestStreamNode.parseFrom(node.getPayload()).getEventsCount();
    TypeInformation<?> type = TypeMapping.toTypeInformation(node.getOutput());
    DataStream<?> records =
        events == 0
            ? CollectionSource.nothing(node, job.env(), type)
            : records(node, job.env(), events, type);
    job.put(node, NodeOutput.of(records));
  }

  private static <T> DataStream<T> records(
      PipelineNode node, StreamExecutionEnvironment env, int events, TypeInformation<T> type) {
    boolean batch =
        env.getConfiguration().get(ExecutionOptions.RUNTIME_MODE) == RuntimeExecutionMode.BATCH;
    TypeSerializer<T> serializer = type.createSerializer(env.getConfig().getSerializerConfig());
    SingleOutputStreamOperator<Long> numbers = env.fromSequence(0, events - 1).setParallelism(1);
    Placement placement = Placement.of(node);
    Placement.identify(
        numbers.getTransformation(), node.getName() + ": numbers", node.getUid() + "/numbers");
    placement.placeAtItsParallelism(numbers.getTransformation());
    SingleOutputStreamOperator<T> records =
        Chains.join(
            numbers.transform(
                node.getName(),
                type,
                new TestEventOperator<>(node.getPayload().toByteArray(), serializer, !batch)));
    placement.apply(records.getTransformation());
    // The events come one after the other.
    return records.setParallelism(1);
  }
}
