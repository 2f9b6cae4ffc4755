package org.brookite.pipeline;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.brookite.RustJobException;

/**
 * The graphs in a job's jar: one that is run when nothing is said, and any number that are asked
 * for by their names. What writes them is the package of brookite-client.
 */
final class PackagedGraphs {

  /** The graph that is run when nothing is said, encoded. */
  static final String GRAPH = "META-INF/brookite/pipeline.pb";

  /** The names of the others, a line each. */
  static final String NAMES = "META-INF/brookite/pipelines.txt";

  private final ClassLoader loader;

  private PackagedGraphs(ClassLoader loader) {
    this.loader = loader;
  }

  /** Those on the class path of this thread. */
  static PackagedGraphs ofThisThread() {
    ClassLoader context = Thread.currentThread().getContextClassLoader();
    return new PackagedGraphs(context != null ? context : PackagedGraphs.class.getClassLoader());
  }

  /**
   * The encoded graph of that name.
   *
   * @param name null when none was said
   * @throws RustJobException when there is none; names those that there are
   */
  byte[] graph(String name) {
    List<String> names = names();
    if (name != null) {
      return named(name, names);
    }
    Optional<byte[]> unnamed = content(GRAPH);
    if (unnamed.isPresent()) {
      return unnamed.get();
    }
    if (names.size() == 1) {
      return named(names.get(0), names);
    }
    if (!names.isEmpty()) {
      throw new RustJobException(
          String.format(
              "the jar has several pipelines: say which one with --pipeline NAME, where NAME is one of"
                  + " %s",
              String.join(", ", names)));
    }
    return required(GRAPH);
  }

  private byte[] named(String name, List<String> names) {
    if (names.contains(name)) {
      return required("META-INF/brookite/pipelines/" + name + ".pb");
    }
    // A jar of one pipeline may be told what it has anyway.
    Optional<byte[]> only = content(GRAPH);
    Optional<String> onlyName = only.map(PackagedGraphs::nameOf);
    if (onlyName.filter(name::equals).isPresent()) {
      return only.get();
    }
    String known = names.isEmpty() ? onlyName.orElse("none") : String.join(", ", names);
    throw new RustJobException(
        String.format("the jar has no pipeline '%s'; it has %s", name, known));
  }

  private static String nameOf(byte[] graph) {
    return PipelineGraphs.decode(graph).getOrigin().getPipeline();
  }

  private List<String> names() {
    String lines = content(NAMES).map(PackagedGraphs::text).orElse("");
    return lines.lines().filter(line -> !line.isBlank()).collect(Collectors.toList());
  }

  /**
   * The content of an entry.
   *
   * @throws RustJobException when the jar does not have it
   */
  byte[] required(String entry) {
    return content(entry)
        .orElseThrow(
            () ->
                new RustJobException(
                    String.format(
                        "there is no %s on the class path: this is no packaged pipeline; `cargo"
                            + " brookite package` makes one",
                        entry)));
  }

  static String text(byte[] content) {
    return new String(content, StandardCharsets.UTF_8);
  }

  private Optional<byte[]> content(String entry) {
    try (InputStream content = loader.getResourceAsStream(entry)) {
      return content == null ? Optional.empty() : Optional.of(content.readAllBytes());
    } catch (IOException e) {
      throw new RustJobException(String.format("cannot read %s from the jar: %s", entry, e), e);
    }
  }
}
