package org.brookite.pipeline;

import com.google.protobuf.InvalidProtocolBufferException;
import org.brookite.proto.ConnectorNode;
import org.brookite.proto.PipelineNode;

/** Reads from a connector of Flink SQL. */
final class ConnectorSource implements NodeTranslator {

  @Override
  public void add(PipelineNode node, Translation job) throws InvalidProtocolBufferException {
    ConnectorNode connector = ConnectorNode.parseFrom(node.getPayload());
    Tables tables = job.tables();
    ConnectorJars.require(connector, true);
    ConnectorTable table = new ConnectorTable(connector, node.getOutput());
    job.put(node, NodeOutput.of(tables.read(node, table)));
  }
}
