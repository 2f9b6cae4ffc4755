package org.brookite.pipeline;

import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * The entry of a packaged pipeline, which Flink runs where the job is submitted to, with no native
 * code: the jar has the graph ({@link PackagedGraphs}), or several, the name of the library ({@code
 * META-INF/brookite/library}), and the library per platform.
 */
public final class PipelineMain {

  private PipelineMain() {}

  /**
   * Submits the job.
   *
   * @param arguments {@code -Dkey=value} for options of Flink, which are stronger than the
   *     pipeline's own; {@code --pipeline NAME} where the jar has several
   */
  public static void main(String[] arguments) throws Exception {
    PipelineJob job = JobArguments.parse(arguments, false).job();
    job.environment(StreamExecutionEnvironment::getExecutionEnvironment).execute(job.name());
  }
}
