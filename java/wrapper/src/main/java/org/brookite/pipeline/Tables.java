package org.brookite.pipeline;

import java.util.HashSet;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.flink.api.dag.Transformation;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.api.Table;
import org.apache.flink.table.api.TableException;
import org.apache.flink.table.api.bridge.java.StreamStatementSet;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.table.api.config.ExecutionConfigOptions;
import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.runtime.typeutils.InternalTypeInfo;
import org.apache.flink.types.Row;
import org.brookite.proto.PipelineNode;

/** The tables of a job's connectors, in Flink's Table API. */
final class Tables {

  private final StreamExecutionEnvironment env;
  private final StreamTableEnvironment tables;

  Tables(StreamExecutionEnvironment env) {
    this.env = env;
    this.tables = StreamTableEnvironment.create(env);
  }

  /** Reads from a connector. */
  DataStream<RowData> read(PipelineNode node, ConnectorTable table) {
    String path = create(node, table, true);
    DataStream<RowData> rows = atParallelism(node, () -> rows(tables.from(path), table));
    TableOperators.ofSource(rows.getTransformation()).apply(node);
    return rows;
  }

  /** Rows that are inserted alone need no conversion; of changes, Flink hands out its own Row. */
  private DataStream<RowData> rows(Table from, ConnectorTable table) {
    try {
      DataStream<RowData> rows =
          tables.toDataStream(from, DataTypes.of(table.row()).notNull().bridgedTo(RowData.class));
      // The planner's own type converts from RowData to RowData.
      rows.getTransformation().setOutputType(InternalTypeInfo.of(table.row()));
      return rows;
    } catch (TableException insertsAlone) {
      try {
        return RowChanges.toRowData(tables.toChangelogStream(from), table.row());
      } catch (TableException e) {
        e.addSuppressed(insertsAlone);
        throw e;
      }
    }
  }

  /** Writes to a connector. */
  void write(PipelineNode node, ConnectorTable table, DataStream<RowData> rows) {
    String path = create(node, table, false);
    Table from;
    if (table.hasPrimaryKey()) {
      DataStream<Row> changes = RowChanges.fromRowData(rows, table.row());
      from = tables.fromChangelogStream(changes, table.streamSchema(), ChangelogMode.all());
    } else {
      from = tables.fromDataStream(rows, table.streamSchema());
    }
    Set<Transformation<?>> before = new HashSet<>(env.getTransformations());
    StreamStatementSet statements = tables.createStatementSet();
    statements.addInsert(path, from);
    statements.attachAsDataStream();
    for (Transformation<?> added : env.getTransformations()) {
      if (!before.contains(added)) {
        TableOperators operators = TableOperators.ofSink(added, rows.getTransformation());
        operators.apply(node);
        if (node.hasParallelism() && !table.hasSinkParallelism()) {
          operators.setParallelism(node.getParallelism());
        }
      }
    }
  }

  private String create(PipelineNode node, ConnectorTable table, boolean source) {
    String path = "`" + node.getUid().replace("`", "``") + "`";
    tables.createTemporaryTable(path, table.descriptor(source, node));
    return path;
  }

  /** What makes a stream of a source runs as often as the table's configuration says. */
  private DataStream<RowData> atParallelism(
      PipelineNode node, Supplier<DataStream<RowData>> added) {
    if (!node.hasParallelism()) {
      return added.get();
    }
    int before = env.getParallelism();
    try {
      tables
          .getConfig()
          .set(
              ExecutionConfigOptions.TABLE_EXEC_RESOURCE_DEFAULT_PARALLELISM,
              node.getParallelism());
      return added.get();
    } finally {
      tables.getConfig().set(ExecutionConfigOptions.TABLE_EXEC_RESOURCE_DEFAULT_PARALLELISM, -1);
      env.setParallelism(before);
    }
  }
}
