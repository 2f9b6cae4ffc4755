package org.brookite.pipeline;

import java.time.Duration;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.configuration.PipelineOptions;
import org.brookite.RustJobException;
import org.brookite.proto.Environment;

/** From what a pipeline says of its environment to Flink's options. */
final class Environments {

  private Environments() {}

  /**
   * Returns the options of a pipeline's job.
   *
   * @param overrides options that are stronger than the pipeline's
   */
  static Configuration configuration(Environment environment, Configuration overrides) {
    Configuration configuration = new Configuration();
    environment.getOptionsMap().forEach(configuration::setString);
    if (environment.hasParallelism()) {
      configuration.set(CoreOptions.DEFAULT_PARALLELISM, environment.getParallelism());
    }
    if (environment.hasMaxParallelism()) {
      configuration.set(PipelineOptions.MAX_PARALLELISM, environment.getMaxParallelism());
    }
    if (environment.hasCheckpointIntervalMs()) {
      configuration.set(
          CheckpointingOptions.CHECKPOINTING_INTERVAL,
          Duration.ofMillis(environment.getCheckpointIntervalMs()));
    }
    switch (environment.getMode()) {
      case EXECUTION_MODE_UNSPECIFIED:
        break;
      case EXECUTION_MODE_STREAMING:
        configuration.set(ExecutionOptions.RUNTIME_MODE, RuntimeExecutionMode.STREAMING);
        break;
      case EXECUTION_MODE_BATCH:
        configuration.set(ExecutionOptions.RUNTIME_MODE, RuntimeExecutionMode.BATCH);
        break;
      case EXECUTION_MODE_AUTOMATIC:
        configuration.set(ExecutionOptions.RUNTIME_MODE, RuntimeExecutionMode.AUTOMATIC);
        break;
      default:
        throw new RustJobException(
            "the pipeline asks for an execution mode that brookite-flink here does not know: package"
                + " the job with the brookite-flink of the release that built it");
    }
    configuration.addAll(overrides);
    return configuration;
  }
}
