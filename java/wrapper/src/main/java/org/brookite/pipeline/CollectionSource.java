package org.brookite.pipeline;

import com.google.protobuf.InvalidProtocolBufferException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.brookite.RustJobException;
import org.brookite.proto.CollectionElement;
import org.brookite.proto.CollectionNode;
import org.brookite.proto.PipelineNode;
import org.brookite.type.TypeMapping;

/**
 * Emits the values that stand in the graph, in their order unless the node says that several
 * subtasks do.
 */
final class CollectionSource implements NodeTranslator {

  @Override
  public void add(PipelineNode node, Translation job) throws InvalidProtocolBufferException {
    CollectionNode collection = CollectionNode.parseFrom(node.getPayload());
    TypeInformation<?> type = TypeMapping.toTypeInformation(node.getOutput());
    job.put(node, NodeOutput.of(source(node, job.env(), collection, type)));
  }

  private static <T> DataStream<T> source(
      PipelineNode node,
      StreamExecutionEnvironment env,
      CollectionNode collection,
      TypeInformation<T> type) {
    List<T> values = values(env, collection, type);
    if (values.isEmpty()) {
      return nothing(node, env, type);
    }
    SingleOutputStreamOperator<T> source = env.fromData(values, type).setParallelism(1);
    Placement.of(node).apply(source.getTransformation());
    return source;
  }

  private static <T> List<T> values(
      StreamExecutionEnvironment env, CollectionNode collection, TypeInformation<T> type) {
    TypeSerializer<T> serializer = type.createSerializer(env.getConfig().getSerializerConfig());
    List<T> values = new ArrayList<>();
    for (CollectionElement element : collection.getElementsList()) {
      DataInputDeserializer input =
          new DataInputDeserializer(element.getRecord().asReadOnlyByteBuffer());
      try {
        values.add(serializer.deserialize(input));
      } catch (IOException e) {
        throw new RustJobException(
            String.format(
                "element %d of its collection is no %s: %s", values.size(), type, e.getMessage()),
            e);
      }
      if (input.available() != 0) {
        throw new RustJobException(
            String.format(
                "element %d of its collection is no %s: %d bytes are left over",
                values.size() - 1, type, input.available()));
      }
    }
    return values;
  }

  /** Flink has no source that emits nothing. */
  static <T> DataStream<T> nothing(
      PipelineNode node, StreamExecutionEnvironment env, TypeInformation<T> type) {
    SingleOutputStreamOperator<Long> source = env.fromSequence(0, 0).setParallelism(1);
    Placement.of(node).apply(source.getTransformation());
    SingleOutputStreamOperator<T> nothing =
        source.<T>flatMap((number, out) -> {}).returns(type).setParallelism(1);
    Placement.identify(
        nothing.getTransformation(), node.getName() + ": nothing", node.getUid() + "/nothing");
    Placement.of(node).placeBehind(source.getTransformation(), nothing.getTransformation());
    return nothing;
  }
}
