package org.brookite.pipeline;

import static org.apache.flink.table.api.Expressions.$;
import static org.apache.flink.table.api.Expressions.lit;

import java.util.Map;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.api.Schema;
import org.apache.flink.table.api.TableDescriptor;
import org.apache.flink.table.factories.DynamicTableSinkFactory;
import org.apache.flink.table.factories.FactoryUtil;
import org.apache.flink.table.runtime.typeutils.InternalTypeInfo;
import org.apache.flink.table.types.logical.RowType;
import org.brookite.RustJobException;
import org.brookite.proto.ConnectorNode;
import org.brookite.proto.ConnectorWatermark;
import org.brookite.proto.DataType;
import org.brookite.proto.PipelineNode;
import org.brookite.type.TypeMapping;

/** A table of a connector, as the graph describes it. */
final class ConnectorTable {

  private final ConnectorNode node;
  private final RowType row;

  /**
   * Creates the table.
   *
   * @param type of its rows
   * @throws RustJobException when it is no row, or lacks a column that the node names
   */
  ConnectorTable(ConnectorNode node, DataType type) {
    if (!type.hasRow()) {
      throw new RustJobException(
          String.format(
              "connectors read and write rows, found %s: use a struct that derives Row, whose fields"
                  + " are the table's columns",
              org.brookite.type.DataTypes.describeKind(type)));
    }
    this.node = node;
    this.row = ((InternalTypeInfo<?>) TypeMapping.toTypeInformation(type)).toRowType();
    node.getMetadataMap().keySet().forEach(column -> require(column, "metadata"));
    node.getPrimaryKeyList().forEach(column -> require(column, "the primary key"));
    node.getPartitionedByList().forEach(column -> require(column, "the partitions"));
    if (node.hasWatermark()) {
      require(node.getWatermark().getColumn(), "the watermark");
    }
  }

  private void require(String column, String whose) {
    if (!row.getFieldNames().contains(column)) {
      throw new RustJobException(
          String.format(
              "column '%s' of %s is none of the table's: it has %s",
              column, whose, String.join(", ", row.getFieldNames())));
    }
  }

  RowType row() {
    return row;
  }

  boolean hasPrimaryKey() {
    return node.getPrimaryKeyCount() > 0;
  }

  /**
   * Whether the connector itself takes how many times it runs; else it runs as often as its input.
   */
  boolean hasSinkParallelism() {
    return TableApi.hasOption(
        DynamicTableSinkFactory.class, node.getConnector(), FactoryUtil.SINK_PARALLELISM);
  }

  /** What the connector is told. */
  TableDescriptor descriptor(boolean source, PipelineNode placed) {
    TableDescriptor.Builder table = TableDescriptor.forConnector(node.getConnector());
    if (!source && placed.hasParallelism() && hasSinkParallelism()) {
      table.option(FactoryUtil.SINK_PARALLELISM, placed.getParallelism());
    }
    node.getOptionsMap().forEach(table::option);
    if (node.getPartitionedByCount() > 0) {
      table.partitionedBy(node.getPartitionedByList().toArray(new String[0]));
    }
    return table.schema(schema(source)).build();
  }

  private Schema schema(boolean source) {
    Schema.Builder schema = Schema.newBuilder();
    Map<String, String> metadata = node.getMetadataMap();
    for (RowType.RowField field : row.getFields()) {
      String key = metadata.get(field.getName());
      if (key == null) {
        schema.column(field.getName(), DataTypes.of(field.getType()));
      } else {
        schema.columnByMetadata(field.getName(), DataTypes.of(field.getType()), key);
      }
    }
    if (node.hasWatermark() && source) {
      watermark(schema, node.getWatermark());
    }
    primaryKey(schema);
    return schema.build();
  }

  private static void watermark(Schema.Builder schema, ConnectorWatermark watermark) {
    long delay = watermark.getDelayMs();
    schema.watermark(
        watermark.getColumn(),
        delay == 0 ? $(watermark.getColumn()) : $(watermark.getColumn()).minus(lit(delay).milli()));
  }

  /** What the planner is told of a stream that goes into the table. */
  Schema streamSchema() {
    Schema.Builder schema = Schema.newBuilder();
    for (RowType.RowField field : row.getFields()) {
      schema.column(field.getName(), DataTypes.of(field.getType()));
    }
    if (node.hasWatermark()) {
      // Records that connectors see have the column's time as theirs.
      schema.watermark(node.getWatermark().getColumn(), "SOURCE_WATERMARK()");
    }
    primaryKey(schema);
    return schema.build();
  }

  private void primaryKey(Schema.Builder schema) {
    if (hasPrimaryKey()) {
      schema.primaryKey(node.getPrimaryKeyList());
    }
  }
}
