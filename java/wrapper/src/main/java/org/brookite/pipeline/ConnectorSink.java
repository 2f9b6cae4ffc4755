package org.brookite.pipeline;

import com.google.protobuf.InvalidProtocolBufferException;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.table.data.RowData;
import org.brookite.proto.ConnectorNode;
import org.brookite.proto.PipelineNode;

/** Writes to a connector of Flink SQL. */
final class ConnectorSink implements NodeTranslator {

  @Override
  @SuppressWarnings("unchecked") // As the table's type says, which is the stream's.
  public void add(PipelineNode node, Translation job) throws InvalidProtocolBufferException {
    ConnectorNode connector = ConnectorNode.parseFrom(node.getPayload());
    Tables tables = job.tables();
    ConnectorJars.require(connector, false);
    ConnectorTable table = new ConnectorTable(connector, connector.getInput());
    tables.write(node, table, (DataStream<RowData>) job.records(node, 0));
  }
}
