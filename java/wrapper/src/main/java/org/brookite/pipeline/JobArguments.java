package org.brookite.pipeline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.flink.configuration.Configuration;
import org.brookite.RustJobException;

/** What a pipeline's job is told on the command line, and what its jar brings. */
final class JobArguments {

  /** Names the library that has the graph's functions. */
  static final String LIBRARY = "META-INF/brookite/library";

  private final Configuration options = new Configuration();
  private String pipeline;
  private Path graph;
  private Path library;
  private boolean attached;

  private JobArguments() {}

  /**
   * Reads arguments.
   *
   * @param embedded whether files may be named that the jar has otherwise, and whether the job ends
   *     with its input
   * @throws RustJobException when there is one that is not known
   */
  static JobArguments parse(String[] arguments, boolean embedded) {
    JobArguments parsed = new JobArguments();
    for (int i = 0; i < arguments.length; i++) {
      String argument = arguments[i];
      if (argument.startsWith("-D")) {
        parsed.option(argument);
      } else if (argument.equals("--pipeline") && i + 1 < arguments.length) {
        parsed.pipeline = arguments[++i];
      } else if (embedded && argument.equals("--attached")) {
        parsed.attached = true;
      } else if (embedded && argument.equals("--graph") && i + 1 < arguments.length) {
        parsed.graph = Path.of(arguments[++i]);
      } else if (embedded && argument.equals("--library") && i + 1 < arguments.length) {
        parsed.library = Path.of(arguments[++i]);
      } else {
        throw new RustJobException(
            String.format(
                "'%s' is no argument of a packaged pipeline: it takes -Dkey=value for options of Flink,"
                    + " and --pipeline NAME where the jar has several; arguments of the pipeline itself"
                    + " were used when it was packaged",
                argument));
      }
    }
    return parsed;
  }

  private void option(String argument) {
    int equals = argument.indexOf('=');
    if (equals < 3) {
      throw new RustJobException(
          String.format(
              "'%s' is no option: write -Dkey=value, as in -Dparallelism.default=4", argument));
    }
    options.setString(argument.substring(2, equals), argument.substring(equals + 1));
  }

  /** Options of Flink. */
  Configuration options() {
    return options;
  }

  /** Whether the job is to be cancelled when standard input ends. */
  boolean isAttached() {
    return attached;
  }

  /**
   * Reads the pipeline.
   *
   * @throws RustJobException when the jar has none, or it cannot be run by this version
   */
  PipelineJob job() {
    PackagedGraphs jar = PackagedGraphs.ofThisThread();
    byte[] encoded = graph == null ? jar.graph(pipeline) : content(graph);
    PipelineLibrary functions =
        library == null
            ? PipelineLibrary.resource(PackagedGraphs.text(jar.required(LIBRARY)))
            : PipelineLibrary.file(library);
    return PipelineJob.of(encoded, functions, options);
  }

  private static byte[] content(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new RustJobException(String.format("cannot read the graph in %s: %s", file, e), e);
    }
  }
}
