package org.brookite.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.apache.flink.streaming.api.graph.StreamNode;
import org.apache.flink.table.data.RowData;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.brookite.jobs.Clusters;
import org.brookite.proto.ConnectorNode;
import org.brookite.proto.ConnectorWatermark;
import org.brookite.proto.DataType;
import org.brookite.proto.Field;
import org.brookite.proto.RowType;
import org.brookite.proto.TimeType;
import org.brookite.type.TypeMapping;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Connectors of Flink SQL, in the jobs of pipelines. */
class ConnectorTest {
  private static final String FLINK_FUNCTIONS = "flink_functions";

  @RegisterExtension static final MiniClusterExtension CLUSTER = Clusters.small();

  /** The row of a visit, as the functions declare it. */
  private static final DataType VISIT =
      DataType.newBuilder()
          .setRow(
              RowType.newBuilder()
                  .addFields(field("user", TestGraph.STRING))
                  .addFields(field("page", TestGraph.BIGINT))
                  .addFields(field("at", timestamp())))
          .build();

  private static Field.Builder field(String name, DataType type) {
    return Field.newBuilder().setName(name).setType(type.toBuilder().setNullable(false));
  }

  private static DataType timestamp() {
    return DataType.newBuilder()
        .setTime(TimeType.newBuilder().setKind(TimeType.Kind.KIND_TIMESTAMP).setPrecision(3))
        .build();
  }

  @SuppressWarnings("unchecked")
  private static final TypeInformation<RowData> VISITS =
      (TypeInformation<RowData>) TypeMapping.toTypeInformation(VISIT);

  private static ConnectorNode.Builder files(Path folder, String format) {
    return ConnectorNode.newBuilder()
        .setConnector("filesystem")
        .putOptions("path", folder.toUri().toString())
        .putOptions("format", format);
  }

  private static ConnectorNode.Builder sink(ConnectorNode.Builder connector) {
    return connector.setInput(VISIT);
  }

  private static String text(RowData visit) {
    return visit.getString(0) + " " + visit.getLong(1) + " " + visit.getTimestamp(2, 3);
  }

  private static List<String> lines(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(Files::isRegularFile)
          .flatMap(ConnectorTest::linesOf)
          .collect(Collectors.toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Stream<String> linesOf(Path file) {
    try {
      return Files.readAllLines(file).stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @ParameterizedTest(name = "{0} x {1}")
  @CsvSource({"STREAMING, 1", "STREAMING, 4", "BATCH, 2", "AUTOMATIC, 1"})
  void rowsComeFromCsvAndGoToJson(String mode, int parallelism, @TempDir Path folder)
      throws Exception {
    Path in = Files.createDirectories(folder.resolve("in"));
    Files.writeString(
        in.resolve("visits.csv"),
        "ann,7,2024-01-02 03:04:05.678\nbob,8,2024-01-02 03:04:06\nann,9,2024-01-02 03:04:07\n");
    Path out = folder.resolve("out");
    TestGraph graph =
        new TestGraph(FLINK_FUNCTIONS)
            .source("visits", VISIT, files(in, "csv"))
            .keyByField("by_user", TestGraph.STRING, "user", "visits")
            .function("count_visits", "by_user")
            .sink("counted", "count_visits", sink(files(out, "json")))
            .collect("rows", "count_visits");
    TestRun run =
        TestRun.of(
            FLINK_FUNCTIONS,
            graph,
            "execution.runtime-mode",
            mode,
            "parallelism.default",
            String.valueOf(parallelism));
    assertThat(run.collected("rows", VISITS).stream().map(ConnectorTest::text))
        .hasSize(3)
        .contains("bob 1 2024-01-02T03:04:06");
    assertThat(lines(out))
        .hasSize(3)
        .contains("{\"user\":\"bob\",\"page\":1,\"at\":\"2024-01-02 03:04:06\"}")
        .anyMatch(line -> line.startsWith("{\"user\":\"ann\",\"page\":2,"));
  }

  @Test
  void aWatermarkMakesTheColumnTheTime(@TempDir Path folder) throws Exception {
    Path in = Files.createDirectories(folder.resolve("in"));
    Files.writeString(
        in.resolve("visits.csv"),
        "ann,7,1970-01-01 00:00:01\nbob,8,1970-01-01 00:00:02\ncem,9,1970-01-01 00:00:03\n");
    TestGraph graph =
        new TestGraph(FLINK_FUNCTIONS)
            .source(
                "visits",
                VISIT,
                files(in, "csv")
                    .setWatermark(
                        ConnectorWatermark.newBuilder().setColumn("at").setDelayMs(1_500)))
            .keyByField("by_page", TestGraph.BIGINT, "page", "visits")
            .function("times_of_visits", "by_page")
            .collect("times", "times_of_visits");
    TestRun run = TestRun.of(FLINK_FUNCTIONS, graph, "parallelism.default", "1");
    assertThat(run.collected("times", Types.STRING))
        .containsExactly("7 at 1000", "8 at 2000", "9 at 3000");
  }

  @Test
  void datagenIsBoundedByItsOption() throws Exception {
    TestGraph graph =
        new TestGraph(FLINK_FUNCTIONS)
            .source(
                "visits",
                VISIT,
                ConnectorNode.newBuilder()
                    .setConnector("datagen")
                    .putOptions("number-of-rows", "20")
                    .putOptions("fields.page.min", "1")
                    .putOptions("fields.page.max", "1000"))
            .with(node -> node.setParallelism(2))
            .sink("nowhere", "visits", sink(ConnectorNode.newBuilder().setConnector("blackhole")))
            .collect("rows", "visits");
    TestRun run = TestRun.of(FLINK_FUNCTIONS, graph, "parallelism.default", "4");
    assertThat(run.collected("rows", VISITS)).hasSize(20);
  }

  @Test
  void changesGoToATableWithAKey() throws Exception {
    String printed =
        printedBy(
            () ->
                TestRun.of(
                    FLINK_FUNCTIONS,
                    new TestGraph(FLINK_FUNCTIONS)
                        .sequence("numbers", 1, 3)
                        .function("change_visits", "numbers")
                        .sink(
                            "changes",
                            "change_visits",
                            sink(
                                ConnectorNode.newBuilder()
                                    .setConnector("print")
                                    .addPrimaryKey("user")
                                    .putOptions("print-identifier", "changed"))),
                    "parallelism.default",
                    "1"));
    assertThat(printed)
        .contains("changed> +I[ann, 1, 1970-01-01T00:00:00.001]")
        .contains("changed> -U[ann, 1, 1970-01-01T00:00:00.001]")
        .contains("changed> +U[ann, 2, 1970-01-01T00:00:00.002]")
        .contains("changed> -D[ann, 3, 1970-01-01T00:00:00.003]");
  }

  /** Runs something that prints. */
  interface Printing {
    void run() throws Exception;
  }

  private static String printedBy(Printing printing) throws Exception {
    PrintStream before = System.out;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    try {
      printing.run();
    } finally {
      System.setOut(before);
    }
    return printed.toString(StandardCharsets.UTF_8);
  }

  @Test
  void printWritesRowsForPeople() throws Exception {
    String printed =
        printedBy(
            () ->
                TestRun.of(
                    FLINK_FUNCTIONS,
                    new TestGraph(FLINK_FUNCTIONS)
                        .sequence("numbers", 1, 1)
                        .function("change_visits", "numbers")
                        .print("print", "visits", "change_visits")
                        .print("bare", "", "numbers"),
                    "parallelism.default",
                    "1"));
    assertThat(printed.lines()).contains("visits> +I[ann, 1, 1970-01-01T00:00:00.001]", "1");
  }

  @Test
  void operatorsAroundATableHaveTheNodesNameAndUid(@TempDir Path folder) throws Exception {
    Files.writeString(folder.resolve("visits.csv"), "ann,7,1970-01-01 00:00:01\n");
    TestGraph graph =
        new TestGraph(FLINK_FUNCTIONS)
            .source(
                "all_visits",
                VISIT,
                files(folder, "csv")
                    .setWatermark(ConnectorWatermark.newBuilder().setColumn("at").setDelayMs(0)))
            .keyByField("by_user", TestGraph.STRING, "user", "all_visits")
            .function("count_visits", "by_user")
            .sink("counted", "count_visits", sink(files(folder.resolve("out"), "json")))
            .with(node -> node.setParallelism(3).setMaxParallelism(77));
    StreamExecutionEnvironment env =
        TestRun.environment(
            TestRun.job(
                FLINK_FUNCTIONS,
                graph,
                "parallelism.default",
                "2",
                "pipeline.auto-generate-uids",
                "false"));
    StreamGraph job = env.getStreamGraph();
    assertThat(job.getStreamNodes().stream().map(ConnectorTest::described))
        .containsExactlyInAnyOrder(
            "Source: all visits = all_visits x 2",
            "all visits: WatermarkAssigner = all_visits/1 x 2",
            "all visits: ConstraintEnforcer = all_visits/2 x 2",
            "all visits: TableToDataStream = all_visits/3 x 2",
            "count visits = count_visits x 2",
            "counted: DataStreamToTable = counted/3 x 2",
            "counted: ConstraintEnforcer = counted/2 x 2",
            "counted: StreamingFileWriter = counted/1 x 3",
            "counted: Writer = counted x 1");
    assertThat(job.getStreamNodes())
        .filteredOn(node -> node.getOperatorName().startsWith("counted"))
        .allMatch(node -> node.getMaxParallelism() == 77);
    // Flink refuses the job when one has no uid.
    job.getJobGraph();
  }

  private static String described(StreamNode node) {
    return String.format(
        "%s = %s x %d", node.getOperatorName(), node.getTransformationUID(), node.getParallelism());
  }

  @Test
  void aSourceRunsAsOftenAsItsNodeSays() {
    ConnectorNode.Builder datagen = ConnectorNode.newBuilder().setConnector("datagen");
    TestGraph graph =
        new TestGraph(FLINK_FUNCTIONS)
            .source("visits", VISIT, datagen)
            .with(node -> node.setParallelism(3))
            .sink("nowhere", "visits", sink(ConnectorNode.newBuilder().setConnector("blackhole")))
            .with(node -> node.setParallelism(2))
            .print("print", "", "visits");
    StreamExecutionEnvironment env =
        TestRun.environment(TestRun.job(FLINK_FUNCTIONS, graph, "parallelism.default", "4"));
    assertThat(env.getStreamGraph().getStreamNodes().stream().map(ConnectorTest::described))
        .contains("Source: visits = visits x 3", "print = print x 4")
        .anyMatch(node -> node.endsWith("= nowhere x 2"));
  }

  @Test
  void whatIsMissingIsNamedWithItsJar() {
    TestGraph noConnector =
        new TestGraph(FLINK_FUNCTIONS)
            .source("orders", VISIT, ConnectorNode.newBuilder().setConnector("kafka"))
            .collect("rows", "orders");
    assertThatThrownBy(() -> TestRun.of(FLINK_FUNCTIONS, noConnector))
        .hasMessageContaining("node 'orders' of pipeline 'by hand'")
        .hasMessageContaining("no connector to read from 'kafka'")
        .hasMessageContaining("flink-sql-connector-kafka")
        .hasMessageContaining("filesystem");
    TestGraph noFormat =
        new TestGraph(FLINK_FUNCTIONS)
            .source("orders", VISIT, files(Path.of("visits"), "parquet"))
            .collect("rows", "orders");
    assertThatThrownBy(() -> TestRun.of(FLINK_FUNCTIONS, noFormat))
        .hasMessageContaining("no format 'parquet'")
        .hasMessageContaining("flink-sql-parquet");
  }

  @Test
  void whatFlinkRefusesNamesTheNode() {
    TestGraph noOption =
        new TestGraph(FLINK_FUNCTIONS)
            .source(
                "visits",
                VISIT,
                ConnectorNode.newBuilder().setConnector("filesystem").putOptions("format", "csv"))
            .collect("rows", "visits");
    assertThatThrownBy(() -> TestRun.of(FLINK_FUNCTIONS, noOption))
        .hasMessageContaining("node 'visits'")
        .hasStackTraceContaining("path");
    TestGraph noColumn =
        new TestGraph(FLINK_FUNCTIONS)
            .source(
                "visits",
                VISIT,
                ConnectorNode.newBuilder().setConnector("datagen").addPrimaryKey("visitor"))
            .collect("rows", "visits");
    assertThatThrownBy(() -> TestRun.of(FLINK_FUNCTIONS, noColumn))
        .hasMessageContaining(
            "column 'visitor' of the primary key is none of the table's: it has user, page, at");
  }
}
