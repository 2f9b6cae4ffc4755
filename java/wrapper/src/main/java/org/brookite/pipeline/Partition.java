package org.brookite.pipeline;

import com.google.protobuf.InvalidProtocolBufferException;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.dag.Transformation;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.api.java.typeutils.TupleTypeInfo;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.brookite.RustJobException;
import org.brookite.proto.PartitionNode;
import org.brookite.proto.PipelineNode;

/** Says which subtask gets a record. */
final class Partition implements NodeTranslator {

  @Override
  public void add(PipelineNode node, Translation job) throws InvalidProtocolBufferException {
    PartitionNode partition = PartitionNode.parseFrom(node.getPayload());
    NodeOutput input = job.input(node, 0).unkeyed();
    if (partition.getKind() == PartitionNode.Kind.KIND_CUSTOM) {
      job.put(node, NodeOutput.pairs(custom(node, job, input, partition)));
    } else {
      job.put(node, input.with(exchange(input.stream(), partition.getKind())));
    }
  }

  private static DataStream<?> exchange(DataStream<?> stream, PartitionNode.Kind kind) {
    switch (kind) {
      case KIND_REBALANCE:
        return stream.rebalance();
      case KIND_RESCALE:
        return stream.rescale();
      case KIND_SHUFFLE:
        return stream.shuffle();
      case KIND_FORWARD:
        return stream.forward();
      case KIND_GLOBAL:
        return stream.global();
      case KIND_BROADCAST:
        return stream.broadcast();
      default:
        throw new RustJobException("the graph does not say how the records are spread");
    }
  }

  /** The function returns pairs of partition and record, of which the stream goes on. */
  @SuppressWarnings("unchecked") // As its type says.
  private static DataStream<?> custom(
      PipelineNode node, Translation job, NodeOutput input, PartitionNode partition) {
    if (!partition.hasPartitioner()) {
      throw new RustJobException("the graph does not say by which function it partitions");
    }
    SingleOutputStreamOperator<?> pairs =
        input.into(job.library()).call(partition.getPartitioner().getName()).stream();
    Transformation<?> operator = pairs.getTransformation();
    Placement.identify(operator, node.getName(), node.getUid());
    Placement.of(node).placeBehind(input.stream().getTransformation(), operator);
    TypeInformation<?> type = pairs.getType();
    if (!(type instanceof TupleTypeInfo)
        || type.getArity() != 2
        || !Types.INT.equals(((TupleTypeInfo<?>) type).getTypeAt(0))) {
      throw new RustJobException(
          String.format(
              "its function was to return pairs of a partition (INT) and a record, and returns %s",
              type));
    }
    return ((DataStream<Tuple2<Integer, Object>>) pairs)
        .partitionCustom((number, count) -> Math.floorMod(number, count), pair -> pair.f0);
  }
}
