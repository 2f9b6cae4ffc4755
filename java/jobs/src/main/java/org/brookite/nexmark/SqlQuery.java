package org.brookite.nexmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.table.api.Table;
import org.apache.flink.table.api.TableDescriptor;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;

/** A query as Flink SQL. */
final class SqlQuery {

  /** Counts bids in windows of processing time. */
  private static final String BY_THE_CLOCK = "q12";

  private static final String ENDLESS = ", 'source.monitor-interval' = '1s'";

  private final String name;
  private final Path events;
  private final String tables;
  private final String query;

  /**
   * Reads the query.
   *
   * @param statements the folder of the statements
   * @param input the folder of the files that are read
   */
  SqlQuery(String name, Path statements, Path input) throws IOException {
    this.name = name;
    this.events = input.resolve("events.json");
    this.tables =
        Files.readString(statements.resolve("tables.sql"))
            .replace("{events}", events.toUri().toString())
            .replace("{side}", input.resolve("side.csv").toUri().toString())
            .replace("{options}", name.equals(BY_THE_CLOCK) ? ENDLESS : "");
    this.query = Files.readString(statements.resolve(name + ".sql"));
  }

  /** Runs it, and writes its rows into a folder. */
  void run(EmbeddedCluster cluster, int parallelism, Path results) throws Exception {
    Configuration options = new Configuration();
    options.set(CoreOptions.DEFAULT_PARALLELISM, parallelism);
    StreamTableEnvironment sql = StreamTableEnvironment.create(cluster.environment(options));
    for (String statement : tables.split(";")) {
      if (!statement.isBlank()) {
        sql.executeSql(statement);
      }
    }
    Table rows = sql.sqlQuery(query);
    if (name.equals(BY_THE_CLOCK)) {
      Files.createDirectories(results);
      Files.write(results.resolve("counts"), BidCounts.of(rows, countBids()));
      return;
    }
    TableDescriptor files =
        TableDescriptor.forConnector("filesystem")
            .option("path", results.toUri().toString())
            .format("json")
            .build();
    rows.executeInsert(files).await();
  }

  private long countBids() throws IOException {
    try (Stream<String> lines = Files.lines(events)) {
      return lines.filter(line -> line.contains("\"bid\":{")).count();
    }
  }
}
