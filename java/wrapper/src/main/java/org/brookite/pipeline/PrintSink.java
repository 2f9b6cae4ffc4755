package org.brookite.pipeline;

import com.google.protobuf.InvalidProtocolBufferException;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.brookite.operator.Chains;
import org.brookite.proto.PipelineNode;
import org.brookite.proto.PrintNode;

/** Writes each record to the task's standard output. */
final class PrintSink implements NodeTranslator {

  @Override
  public void add(PipelineNode node, Translation job) throws InvalidProtocolBufferException {
    PrintNode print = PrintNode.parseFrom(node.getPayload());
    print(node, job.records(node, 0), print.getPrefix());
  }

  private static <T> void print(PipelineNode node, DataStream<T> records, String prefix) {
    PrintOperator<T> operator = new PrintOperator<>(prefix, RecordText.of(records.getType()));
    Placement.of(node)
        .apply(
            Chains.join(records.transform(node.getName(), Types.VOID, operator))
                .getTransformation());
  }
}
