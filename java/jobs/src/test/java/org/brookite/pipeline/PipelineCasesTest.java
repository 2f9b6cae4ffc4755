package org.brookite.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The pipelines of tests/pipelines give on Flink what they give on the local runner. */
class PipelineCasesTest {
  private static final Path FOLDER =
      Path.of("..", "..", "tests", "pipelines").toAbsolutePath().normalize();

  @RegisterExtension static final MiniClusterExtension CLUSTER = Clusters.small();

  static Stream<Arguments> cases() throws IOException {
    JsonNode cases = new ObjectMapper().readTree(FOLDER.resolve("cases.json").toFile());
    return IntStream.range(0, cases.size())
        .mapToObj(cases::get)
        .flatMap(
            each ->
                Stream.of(1, 4)
                    .map(
                        parallelism ->
                            Arguments.of(each.get("pipeline").asText(), parallelism, each)));
  }

  @ParameterizedTest(name = "{0} x {1}")
  @MethodSource("cases")
  void givesWhatItGivesLocally(String name, int parallelism, JsonNode expected) throws Exception {
    List<String> arguments = new ArrayList<>();
    expected
        .path("arguments")
        .forEach(
            argument ->
                arguments.add(
                    argument.asText().replace("{input}", FOLDER.resolve("input").toString())));
    Configuration options = new Configuration();
    options.setString("parallelism.default", String.valueOf(parallelism));
    options.setString("restart-strategy.type", "none");
    PipelineLibrary library = PipelineLibrary.file(Plugins.file("pipelines"));
    TestRun run = TestRun.of(PipelineJob.built(library, name, arguments, options));
    for (Map.Entry<String, JsonNode> sink : expected.get("expected").properties()) {
      List<String> records = new ArrayList<>();
      sink.getValue().forEach(record -> records.add(record.asText()));
      assertThat(run.collected(sink.getKey(), Types.STRING))
          .as(sink.getKey())
          .containsExactlyInAnyOrderElementsOf(records);
    }
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
