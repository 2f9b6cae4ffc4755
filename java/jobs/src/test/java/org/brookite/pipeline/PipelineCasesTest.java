package org.brookite.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.brookite.RustFunctionException;
import org.brookite.jobs.Clusters;
import org.brookite.jobs.Plugins;
import org.brookite.library.OpenLibraries;
import org.brookite.proto.PipelineCall;
import org.brookite.proto.PipelineGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The pipelines of cases.json files give on Flink what they give on the local runner. */
class PipelineCasesTest {

  @RegisterExtension static final MiniClusterExtension CLUSTER = Clusters.small();

  static Stream<Arguments> cases() throws IOException {
    return Stream.concat(
            PipelineCase.inFolder("tests", "pipelines"),
            PipelineCase.inFolder("examples", "pipelines"))
        .flatMap(each -> Stream.of(1, 4).map(parallelism -> Arguments.of(each, parallelism)));
  }

  @ParameterizedTest(name = "{0} x {1}")
  @MethodSource("cases")
  void givesWhatItGivesLocally(PipelineCase expected, int parallelism, @TempDir Path folder)
      throws Exception {
    Path output = folder.resolve("output");
    Configuration options = new Configuration();
    options.setString("parallelism.default", String.valueOf(parallelism));
    options.setString("restart-strategy.type", "none");
    PipelineLibrary library = PipelineLibrary.file(Plugins.file(expected.library()));
    List<String> arguments = expected.arguments(output);
    TestRun run = TestRun.of(PipelineJob.built(library, expected.pipeline(), arguments, options));
    for (String sink : expected.sinks()) {
      assertThat(run.collected(sink, Types.STRING))
          .as(sink)
          .containsExactlyInAnyOrderElementsOf(expected.records(sink));
    }
    if (expected.hasFiles()) {
      assertThat(PipelineCase.linesUnder(output))
          .containsExactlyInAnyOrderElementsOf(expected.lines());
    }
  }

  /**
   * The pipelines of failures.json: what is wrong with a file is told as the local runner tells it.
   */
  static Stream<JsonNode> failures() throws IOException {
    Path file = Path.of("..", "..", "tests", "pipelines", "failures.json");
    JsonNode failures = new ObjectMapper().readTree(file.toFile());
    return IntStream.range(0, failures.size()).mapToObj(failures::get);
  }

  @ParameterizedTest
  @MethodSource("failures")
  void failsAsItFailsLocally(JsonNode expected) {
    Path tables = Path.of("..", "..", "tests", "pipelines", "tables").toAbsolutePath().normalize();
    List<String> arguments = new ArrayList<>();
    expected
        .get("arguments")
        .forEach(
            argument -> arguments.add(argument.asText().replace("{tables}", tables.toString())));
    Configuration options = new Configuration();
    options.setString("restart-strategy.type", "none");
    PipelineLibrary library = PipelineLibrary.file(Plugins.file("pipelines"));
    String pipeline = expected.get("pipeline").asText();
    assertThatThrownBy(() -> TestRun.of(PipelineJob.built(library, pipeline, arguments, options)))
        .hasStackTraceContaining(expected.get("message").asText());
  }

  @Test
  void aLibraryThatBuildsAnotherPipelineSaysWhatDiffers() throws Exception {
    PipelineLibrary library = PipelineLibrary.file(Plugins.file("pipelines"));
    byte[] submitted =
        OpenLibraries.pipeline(
            library.source(),
            PipelineCasesTest.class.getClassLoader(),
            PipelineCall.newBuilder().setPipeline("map").build());
    PipelineGraph.Builder graph = PipelineGraph.parseFrom(submitted).toBuilder();
    graph.getOriginBuilder().setPipeline("filter");
    Configuration options = new Configuration();
    options.setString("restart-strategy.type", "none");
    PipelineJob job = PipelineJob.of(graph.build().toByteArray(), library, options);
    assertThatThrownBy(() -> TestRun.of(job))
        .hasStackTraceContaining("RustFunctionException")
        .hasStackTraceContaining("than was submitted")
        .hasStackTraceContaining("filter");
  }

  @Test
  void aProgramThatFailsIsTold() {
    PipelineLibrary library = PipelineLibrary.file(Plugins.file("pipelines"));
    assertThatThrownBy(
            () -> PipelineJob.built(library, "read_text", List.of(), new Configuration()))
        .isInstanceOf(RustFunctionException.class)
        .hasMessageContaining("read_text")
        .hasMessageContaining("input");
    assertThatThrownBy(() -> PipelineJob.built(library, "none", List.of(), new Configuration()))
        .isInstanceOf(RustFunctionException.class)
        .hasMessageContaining("none");
  }
}
