package org.brookite.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.util.ExceptionUtils;
import org.brookite.RustFunctionException;
import org.brookite.proto.FailureKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Panics and errors at each step of a function's life arrive in Java with all they know. */
class FailureMatrixTest {
  @RegisterExtension static final MiniClusterExtension CLUSTER = Clusters.small();

  @ParameterizedTest
  @CsvSource({
    "panic_new, build, no constructor today",
    "panic_open, open, cannot open subtask 0",
    "error_open, open, invalid digit found in string",
    "panic_process, process, cannot digest \"brook\"",
    "panic_without_text, process, panicked",
    "error_process, process, the record is no number",
    "panic_close, close, cannot close after 2 records",
    "error_close, close, the last file could not be written",
  })
  void failsTheJob(String function, String phase, String message) {
    StreamExecutionEnvironment env = Clusters.environment(1);
    var lines = env.fromData("brook", "river");
    var stream = Plugins.FAILING.on(lines).call(function).as(Types.STRING).name("doomed");
    Throwable failure = catchThrowable(() -> Clusters.collect(stream));
    assertThat(ExceptionUtils.findThrowable(failure, RustFunctionException.class))
        .as("cause of %s", ExceptionUtils.stringifyException(failure))
        .hasValueSatisfying(
            rust -> {
              assertThat(rust.function()).isEqualTo(function);
              assertThat(rust.phase()).isEqualTo(phase);
              assertThat(rust.kind())
                  .isEqualTo(
                      function.startsWith("panic")
                          ? FailureKind.FAILURE_KIND_PANIC
                          : FailureKind.FAILURE_KIND_ERROR);
              assertThat(rust)
                  .hasMessageContaining(function)
                  .hasMessageContaining("doomed")
                  .hasMessageContaining(message);
            });
  }

  @ParameterizedTest
  @CsvSource({
    "panic, FAILURE_KIND_PANIC, cannot wake at " + Long.MAX_VALUE,
    "error, FAILURE_KIND_ERROR, nobody wakes at " + Long.MAX_VALUE
  })
  void aTimerFailsTheJob(String key, FailureKind kind, String message) {
    StreamExecutionEnvironment env = Clusters.environment(1);
    var keyed = env.fromData("far").keyBy(text -> key, Types.STRING);
    var stream = Plugins.FAILING.on(keyed).call("ring_or_fail").as(Types.LONG).name("doomed");
    Throwable failure = catchThrowable(() -> Clusters.collect(stream));
    assertThat(ExceptionUtils.findThrowable(failure, RustFunctionException.class))
        .as("cause of %s", ExceptionUtils.stringifyException(failure))
        .hasValueSatisfying(
            rust -> {
              assertThat(rust.function()).isEqualTo("ring_or_fail");
              assertThat(rust.phase()).isEqualTo("timer");
              assertThat(rust.kind()).isEqualTo(kind);
              assertThat(rust).hasMessageContaining("doomed").hasMessageContaining(message);
            });
  }

  @ParameterizedTest
  @CsvSource({
    "panic, FAILURE_KIND_PANIC, cannot take a second panic",
    "error, FAILURE_KIND_ERROR, no second error"
  })
  void theSecondInputFailsTheJob(String record, FailureKind kind, String message) {
    StreamExecutionEnvironment env = Clusters.environment(1);
    var first = env.fromData("first");
    var stream =
        Plugins.FAILING
            .on(first)
            .connect(env.fromData("fine", record))
            .call("second_may_fail")
            .as(Types.STRING);
    Throwable failure = catchThrowable(() -> Clusters.collect(stream));
    assertThat(ExceptionUtils.findThrowable(failure, RustFunctionException.class))
        .as("cause of %s", ExceptionUtils.stringifyException(failure))
        .hasValueSatisfying(
            rust -> {
              assertThat(rust.function()).isEqualTo("second_may_fail");
              assertThat(rust.phase()).isEqualTo("process");
              assertThat(rust.kind()).isEqualTo(kind);
              assertThat(rust.input()).contains(record);
              assertThat(rust).hasMessageContaining(message);
            });
  }

  @Test
  void anErrorKeepsItsCauses() {
    StreamExecutionEnvironment env = Clusters.environment(1);
    var stream = Plugins.FAILING.on(env.fromData("brook")).call("error_process").as(Types.STRING);
    Throwable failure = catchThrowable(() -> Clusters.collect(stream));
    assertThat(ExceptionUtils.findThrowable(failure, RustFunctionException.class))
        .hasValueSatisfying(
            rust -> {
              assertThat(rust.causes()).containsExactly("invalid digit found in string");
              assertThat(rust.input()).contains("brook");
            });
  }

  /** Half a surrogate pair is a string in Java and no text in Rust: refused, not repaired. */
  @Test
  void aStringThatIsNoTextIsRefused() {
    StreamExecutionEnvironment env = Clusters.environment(1);
    var lines = env.fromData("fine", "half: \uD83E");
    var stream = Plugins.FLINK_FUNCTIONS.on(lines).call("echo_string").as(Types.STRING);
    Throwable failure = catchThrowable(() -> Clusters.collect(stream));
    assertThat(ExceptionUtils.findThrowable(failure, RustFunctionException.class))
        .as("cause of %s", ExceptionUtils.stringifyException(failure))
        .hasValueSatisfying(
            rust -> {
              assertThat(rust.kind()).isEqualTo(FailureKind.FAILURE_KIND_BAD_INPUT);
              assertThat(rust).hasMessageContaining("surrogate");
            });
  }
}
