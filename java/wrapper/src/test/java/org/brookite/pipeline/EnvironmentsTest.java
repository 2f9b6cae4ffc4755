package org.brookite.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.configuration.PipelineOptions;
import org.brookite.proto.Environment;
import org.brookite.proto.ExecutionMode;
import org.junit.jupiter.api.Test;

/** What a pipeline says of its environment, in Flink's words. */
class EnvironmentsTest {

  private static final Environment ALL =
      Environment.newBuilder()
          .setParallelism(3)
          .setMaxParallelism(30)
          .setMode(ExecutionMode.EXECUTION_MODE_BATCH)
          .setCheckpointIntervalMs(1_500)
          .putOptions("state.backend.type", "rocksdb")
          .build();

  @Test
  void eachBecomesAnOption() {
    Configuration configuration = Environments.configuration(ALL, new Configuration());
    assertThat(configuration.get(CoreOptions.DEFAULT_PARALLELISM)).isEqualTo(3);
    assertThat(configuration.get(PipelineOptions.MAX_PARALLELISM)).isEqualTo(30);
    assertThat(configuration.get(ExecutionOptions.RUNTIME_MODE))
        .isEqualTo(RuntimeExecutionMode.BATCH);
    assertThat(configuration.get(CheckpointingOptions.CHECKPOINTING_INTERVAL))
        .isEqualTo(Duration.ofMillis(1_500));
    assertThat(configuration.getString("state.backend.type", null)).isEqualTo("rocksdb");
  }

  @Test
  void whatIsNotSaidIsLeftToFlink() {
    assertThat(
            Environments.configuration(Environment.getDefaultInstance(), new Configuration())
                .toMap())
        .isEmpty();
  }

  @Test
  void theCommandLineIsStronger() {
    Configuration options =
        JobArguments.parse(
                new String[] {"-Dparallelism.default=7", "-Dexecution.runtime-mode=STREAMING"},
                false)
            .options();
    Configuration configuration = Environments.configuration(ALL, options);
    assertThat(configuration.get(CoreOptions.DEFAULT_PARALLELISM)).isEqualTo(7);
    assertThat(configuration.get(ExecutionOptions.RUNTIME_MODE))
        .isEqualTo(RuntimeExecutionMode.STREAMING);
    assertThat(configuration.get(PipelineOptions.MAX_PARALLELISM)).isEqualTo(30);
  }
}
