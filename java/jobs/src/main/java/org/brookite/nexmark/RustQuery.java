package org.brookite.nexmark;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.brookite.pipeline.PipelineJob;
import org.brookite.pipeline.PipelineLibrary;

/** A query as a pipeline in Rust. */
final class RustQuery {

  private static final String WITH_SIDE_INPUT = "q13";

  private final String name;
  private final PipelineLibrary library;
  private final Path input;

  /**
   * Names the query.
   *
   * @param library has it
   * @param input the folder of the files that are read
   */
  RustQuery(String name, Path library, Path input) {
    this.name = name;
    this.library = PipelineLibrary.file(library);
    this.input = input;
  }

  /** Runs it, and writes its rows into a folder. */
  void run(EmbeddedCluster cluster, int parallelism, Path results) throws Exception {
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("--events", input.resolve("events.json").toString()));
    arguments.addAll(List.of("--results", results.toString()));
    if (name.equals(WITH_SIDE_INPUT)) {
      arguments.addAll(List.of("--side", input.resolve("side.csv").toString()));
    }
    Configuration options = new Configuration();
    options.set(CoreOptions.DEFAULT_PARALLELISM, parallelism);
    options.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
    PipelineJob job = PipelineJob.built(library, name, arguments, options);
    job.environment(cluster::environment).execute(job.name());
  }
}
