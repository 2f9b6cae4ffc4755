package org.brookite.pipeline;

import java.util.Map;
import java.util.TreeSet;
import org.apache.flink.runtime.util.EnvironmentInformation;
import org.apache.flink.table.factories.DecodingFormatFactory;
import org.apache.flink.table.factories.DynamicTableSinkFactory;
import org.apache.flink.table.factories.DynamicTableSourceFactory;
import org.apache.flink.table.factories.EncodingFormatFactory;
import org.apache.flink.table.factories.Factory;
import org.brookite.RustJobException;
import org.brookite.proto.ConnectorNode;

/**
 * Says which jar a connector or format is in when it is missing. One that the job's jar brings
 * along is as good as one of the cluster.
 */
final class ConnectorJars {

  private static final Map<String, String> JARS =
      Map.ofEntries(
          Map.entry("kafka", "flink-sql-connector-kafka"),
          Map.entry("upsert-kafka", "flink-sql-connector-kafka"),
          Map.entry("jdbc", "flink-connector-jdbc (and the database's driver)"),
          Map.entry("elasticsearch-7", "flink-sql-connector-elasticsearch7"),
          Map.entry("opensearch", "flink-sql-connector-opensearch"),
          Map.entry("mongodb", "flink-sql-connector-mongodb"),
          Map.entry("hbase-2.2", "flink-sql-connector-hbase-2.2"),
          Map.entry("kinesis", "flink-sql-connector-aws-kinesis-streams"),
          Map.entry("pulsar", "flink-sql-connector-pulsar"),
          Map.entry("filesystem", "flink-connector-files"),
          Map.entry("datagen", "flink-connector-datagen"),
          Map.entry("csv", "flink-csv"),
          Map.entry("json", "flink-json"),
          Map.entry("avro", "flink-sql-avro"),
          Map.entry("avro-confluent", "flink-sql-avro-confluent-registry"),
          Map.entry("parquet", "flink-sql-parquet"),
          Map.entry("orc", "flink-sql-orc"),
          Map.entry("protobuf", "flink-sql-protobuf"));

  private ConnectorJars() {}

  /**
   * Checks that a node's connector and formats are there.
   *
   * @throws RustJobException when one is not; says which jar is missing and where it goes
   */
  static void require(ConnectorNode node, boolean source) {
    Class<? extends Factory> kind =
        source ? DynamicTableSourceFactory.class : DynamicTableSinkFactory.class;
    TreeSet<String> connectors = TableApi.identifiers(kind);
    if (!connectors.contains(node.getConnector())) {
      throw missing(
          source ? "connector to read from" : "connector to write to",
          node.getConnector(),
          connectors);
    }
    for (String option : new String[] {"format", "key.format", "value.format"}) {
      String format = node.getOptionsMap().get(option);
      if (format != null) {
        requireFormat(format);
      }
    }
  }

  private static void requireFormat(String format) {
    TreeSet<String> formats = TableApi.identifiers(DecodingFormatFactory.class);
    formats.addAll(TableApi.identifiers(EncodingFormatFactory.class));
    if (formats.contains(format)) {
      return;
    }
    // Formats of files alone are factories of other kinds.
    if (!TableApi.identifiers(Factory.class).contains(format)) {
      throw missing("format", format, formats);
    }
  }

  private static RustJobException missing(String what, String name, TreeSet<String> present) {
    String jar = JARS.getOrDefault(name, "the jar that has it");
    String given = name.equals("kafka") ? name : "JAR";
    return new RustJobException(
        String.format(
            "there is no %s '%s' here: say --connector %s when the job is packaged or run, which puts"
                + " %s into its jar; or put that, for Flink %s, into the folder lib of Flink on every"
                + " machine, and restart the cluster; present are %s",
            what,
            name,
            given,
            jar,
            EnvironmentInformation.getVersion(),
            String.join(", ", present)));
  }
}
