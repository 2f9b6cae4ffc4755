package org.brookite.pipeline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * A pipeline, and what comes of it, as a cases.json has it; the crate pipeline-cases says what its
 * fields are.
 */
final class PipelineCase {

  private final Path input;
  private final JsonNode node;

  private PipelineCase(Path input, JsonNode node) {
    this.input = input;
    this.node = node;
  }

  /** Those of a folder of this repository. */
  static Stream<PipelineCase> inFolder(String... names) throws IOException {
    Path folder = Path.of("..", "..").resolve(Path.of("", names)).toAbsolutePath().normalize();
    JsonNode cases = new ObjectMapper().readTree(folder.resolve("cases.json").toFile());
    return StreamSupport.stream(cases.spliterator(), false)
        .map(each -> new PipelineCase(folder.resolve("input"), each));
  }

  String library() {
    return node.path("library").asText("pipelines");
  }

  String pipeline() {
    return node.get("pipeline").asText();
  }

  /** What the pipeline is given when it is to write under that folder. */
  List<String> arguments(Path output) {
    return strings(node.path("arguments")).stream()
        .map(argument -> argument.replace("{input}", input.toString()))
        .map(argument -> argument.replace("{output}", output.toString()))
        .collect(Collectors.toList());
  }

  /** The names of its collect sinks. */
  List<String> sinks() {
    List<String> names = new ArrayList<>();
    node.path("expected").fieldNames().forEachRemaining(names::add);
    return names;
  }

  List<String> records(String sink) {
    return strings(node.get("expected").get(sink));
  }

  boolean hasFiles() {
    return node.has("files");
  }

  /** Those of all files that it writes. */
  List<String> lines() {
    return strings(node.get("files"));
  }

  /** The lines of all files that are complete: others begin with a dot or an underscore. */
  static List<String> linesUnder(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> !file.getFileName().toString().matches("[._].*"))
          .flatMap(file -> read(file).stream())
          .collect(Collectors.toList());
    }
  }

  private static List<String> read(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> strings(JsonNode array) {
    List<String> strings = new ArrayList<>();
    array.forEach(each -> strings.add(each.asText()));
    return strings;
  }

  @Override
  public String toString() {
    return pipeline();
  }
}
