package org.brookite.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.util.ExceptionUtils;
import org.brookite.RustFunctionException;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Panics and errors at each step of a function's life arrive in Java with all they know. */
class FailureMatrixTest {
  @RegisterExtension static final MiniClusterExtension CLUSTER = Clusters.small();

  @ParameterizedTest
  @CsvSource({
    "panic_open, open",
    "error_open, open",
    "panic_process, process",
    "error_process, process",
    "panic_close, close",
    "error_close, close",
  })
  void failsTheJob(String function, String phase) {
    StreamExecutionEnvironment env = Clusters.environment(1);
    var stream = Plugins.FAILING.on(env.fromSequence(1, 3)).call(function).as(Types.LONG);
    Throwable failure = catchThrowable(() -> Clusters.collect(stream));
    assertThat(ExceptionUtils.findThrowable(failure, RustFunctionException.class))
        .as("cause of %s", ExceptionUtils.stringifyException(failure))
        .hasValueSatisfying(
            rust -> {
              assertThat(rust.function()).isEqualTo(function);
              assertThat(rust.phase()).isEqualTo(phase);
              assertThat(rust).hasMessageContaining(function);
            });
  }
}
