package org.brookite.pipeline;

import com.google.protobuf.InvalidProtocolBufferException;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.dag.Transformation;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.api.java.typeutils.TupleTypeInfo;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.KeyedStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.brookite.RustJobException;
import org.brookite.proto.KeyByNode;
import org.brookite.proto.PipelineNode;

/**
 * Partitions a stream by key. Keys are Java's, so that they are in the key groups that {@code
 * keyBy} in Java puts them in.
 */
final class KeyBy implements NodeTranslator {

  @Override
  public void add(PipelineNode node, Translation job) throws InvalidProtocolBufferException {
    KeyByNode keyBy = KeyByNode.parseFrom(node.getPayload());
    switch (keyBy.getByCase()) {
      case FIELD:
        job.put(
            node,
            NodeOutput.of(FieldKeys.keyBy(job.records(node, 0), keyBy.getField(), keyBy.getKey())));
        return;
      case IDENTITY:
        job.put(node, NodeOutput.of(FieldKeys.keyByItself(job.records(node, 0))));
        return;
      case SELECTOR:
        job.put(node, computed(node, job, keyBy));
        return;
      default:
        throw new RustJobException("the graph does not say by what the records are keyed");
    }
  }

  /** The function returns pairs of key and record, of which the stream goes on. */
  private static NodeOutput computed(PipelineNode node, Translation job, KeyByNode keyBy) {
    NodeOutput input = job.input(node, 0).unkeyed();
    SingleOutputStreamOperator<?> pairs =
        input.into(job.library()).call(keyBy.getSelector().getName()).stream();
    Transformation<?> operator = pairs.getTransformation();
    Placement.identify(operator, node.getName(), node.getUid());
    Placement.of(node).placeBehind(input.stream().getTransformation(), operator);
    return NodeOutput.pairs(keyByFirst(node, pairs));
  }

  @SuppressWarnings("unchecked") // As its type says.
  private static KeyedStream<?, ?> keyByFirst(PipelineNode node, DataStream<?> pairs) {
    TypeInformation<?> type = pairs.getType();
    if (!(type instanceof TupleTypeInfo) || type.getArity() != 2) {
      throw new RustJobException(
          String.format(
              "its function was to return pairs of key and record, and returns %s", type));
    }
    TypeInformation<Object> key = ((TupleTypeInfo<?>) type).getTypeAt(0);
    return ((DataStream<Tuple2<Object, Object>>) pairs).keyBy(pair -> pair.f0, key);
  }
}
