package org.brookite.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;
import org.brookite.jobs.Plugins;
import org.brookite.proto.ConnectorNode;
import org.brookite.proto.DataType;
import org.brookite.proto.Field;
import org.brookite.proto.RowType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A pipeline in a JVM of its own tells how it goes on standard output. */
class EmbeddedMainTest {
  private static final String FLINK_FUNCTIONS = "flink_functions";

  @TempDir Path folder;

  private Process start(TestGraph graph, String... arguments) throws Exception {
    Path file = folder.resolve("graph.pb");
    Files.write(file, graph.build().toByteArray());
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> argument.startsWith("--add-"))
        .forEach(command::add);
    command.addAll(List.of("-Xmx512m", "-cp", System.getProperty("java.class.path")));
    command.add(EmbeddedMain.class.getName());
    command.addAll(List.of("--graph", file.toString()));
    command.addAll(List.of("--library", Plugins.file(FLINK_FUNCTIONS).toString()));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
  }

  private static BufferedReader output(Process process) {
    return new BufferedReader(
        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  /** The events up to the end; each line is one. */
  private static List<JsonNode> events(BufferedReader output) throws Exception {
    List<JsonNode> events = new ArrayList<>();
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      events.add(new ObjectMapper().readTree(line));
    }
    return events;
  }

  private static String state(JsonNode event) {
    return event.path("state").asText();
  }

  @Test
  void aJobThatFinishesHandsOutWhatItPrintedAndCollected() throws Exception {
    TestGraph graph =
        new TestGraph(FLINK_FUNCTIONS)
            .sequence("numbers", 1, 3)
            .function("echo_long", "numbers")
            .print("print", "n", "echo_long")
            .collect("all", "echo_long");
    Process process = start(graph, "-Dparallelism.default=1", "-Dpipeline.name=three");
    List<JsonNode> events = events(output(process));
    assertThat(process.waitFor()).isZero();
    JsonNode last = events.get(events.size() - 1);
    assertThat(state(last)).isEqualTo("FINISHED");
    assertThat(TestRun.decode(last.get("collected").get("all").asText(), Types.LONG))
        .containsExactly(1L, 2L, 3L);
    assertThat(events).filteredOn(event -> state(event).equals("RUNNING")).hasSize(1);
    assertThat(events)
        .filteredOn(event -> state(event).equals("RUNNING"))
        .allMatch(event -> event.get("name").asText().equals("three"))
        .allMatch(event -> event.get("job").equals(last.get("job")));
    assertThat(events)
        .filteredOn(event -> state(event).equals("RUNNING"))
        .allMatch(event -> event.get("rest").asText().startsWith("http://"));
    JsonNode source = last.get("vertices").get(0);
    assertThat(source.get("name").asText()).startsWith("Source: numbers");
    assertThat(events.stream().map(event -> event.path("output").asText()))
        .contains("n> 1", "n> 2", "n> 3");
  }

  @Test
  void aJobThatFailsTellsItsCauses() throws Exception {
    TestGraph graph =
        new TestGraph(FLINK_FUNCTIONS)
            .collection("numbers", Types.LONG, List.of(-1L))
            .function("undeclared_side", "numbers")
            .print("print", "", "undeclared_side");
    Process process = start(graph, "-Drestart-strategy.type=none");
    List<JsonNode> events = events(output(process));
    assertThat(process.waitFor()).isEqualTo(1);
    JsonNode last = events.get(events.size() - 1);
    assertThat(state(last)).isEqualTo("FAILED");
    JsonNode causes = last.get("causes");
    assertThat(causes.get(causes.size() - 1).get("message").asText())
        .contains("Rust function 'undeclared_side' failed")
        .contains("negative");
  }

  @Test
  void whatCannotBeAJobIsRefused() throws Exception {
    TestGraph graph = new TestGraph(FLINK_FUNCTIONS).textFiles("lines", "/no/such/file");
    Process process = start(graph);
    List<JsonNode> events = events(output(process));
    assertThat(process.waitFor()).isEqualTo(2);
    assertThat(state(events.get(0))).isEqualTo("REFUSED");
    assertThat(events.get(0).get("causes").get(0).get("message").asText())
        .contains("node 'lines'", "/no/such/file");
  }

  @Test
  void anAttachedJobEndsWithItsInput() throws Exception {
    DataType row =
        DataType.newBuilder()
            .setRow(
                RowType.newBuilder()
                    .addFields(Field.newBuilder().setName("number").setType(TestGraph.BIGINT)))
            .build();
    TestGraph graph =
        new TestGraph(FLINK_FUNCTIONS)
            .source("endless", row, ConnectorNode.newBuilder().setConnector("datagen"))
            .sink(
                "nowhere",
                "endless",
                ConnectorNode.newBuilder().setConnector("blackhole").setInput(row));
    Process process = start(graph, "--attached");
    BufferedReader output = output(process);
    assertThat(output.readLine()).contains("RUNNING");
    process.getOutputStream().close();
    List<JsonNode> events = events(output);
    assertThat(process.waitFor()).isEqualTo(3);
    assertThat(state(events.get(events.size() - 1))).isEqualTo("CANCELED");
  }
}
