package org.brookite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.apache.flink.util.InstantiationUtil;
import org.brookite.proto.Failure;
import org.brookite.proto.FailureKind;
import org.brookite.proto.Subtask;
import org.junit.jupiter.api.Test;

class RustFunctionExceptionTest {

  private static final Failure PANIC =
      Failure.newBuilder()
          .setKind(FailureKind.FAILURE_KIND_PANIC)
          .setFunction("explode")
          .setStage("explode -> sink")
          .setSubtask(Subtask.newBuilder().setIndex(0).setParallelism(1).setAttempt(0))
          .setPhase("process")
          .setMessage("boom 1000000")
          .setLocation("src/lib.rs:12:5")
          .setInput("\"abc\"")
          .setBacktrace("   0: explode\n")
          .build();

  @Test
  void tellsAPanic() {
    assertThat(RustFunctionException.fromReport(PANIC.toByteArray()))
        .hasMessage(
            "Rust function 'explode' panicked in stage 'explode -> sink' (subtask 1/1, attempt 0)"
                + " while processing the record \"abc\": boom 1000000\n"
                + "  at src/lib.rs:12:5\n"
                + "Rust backtrace:\n"
                + "   0: explode\n");
  }

  @Test
  void tellsAnErrorWithItsCauses() {
    Failure error =
        Failure.newBuilder()
            .setKind(FailureKind.FAILURE_KIND_ERROR)
            .setFunction("parse")
            .setStage("parse")
            .setPhase("open")
            .setMessage("no model")
            .addCauses("cannot read model.bin")
            .addCauses("not found")
            .build();
    assertThat(new RustFunctionException(error))
        .hasMessage(
            "Rust function 'parse' failed in stage 'parse' during open: no model\n"
                + "  caused by: cannot read model.bin\n"
                + "  caused by: not found");
  }

  @Test
  void tellsAPipelineThatCannotBeBuiltAgain() {
    Failure panic =
        Failure.newBuilder()
            .setKind(FailureKind.FAILURE_KIND_PANIC)
            .setStage("count")
            .setPhase("pipeline")
            .setMessage("pipeline 'words' cannot be built: no words")
            .build();
    assertThat(new RustFunctionException(panic))
        .hasMessage(
            "Rust stage 'count' panicked while building its pipeline again: "
                + "pipeline 'words' cannot be built: no words");
  }

  @Test
  void tellsAFailureWithoutFunction() {
    Failure failure =
        Failure.newBuilder()
            .setKind(FailureKind.FAILURE_KIND_LIFECYCLE)
            .setStage("count")
            .setPhase("finish")
            .setMessage("already finished")
            .build();
    assertThat(new RustFunctionException(failure))
        .hasMessage("Rust stage 'count' failed at the end of its input: already finished");
  }

  @Test
  void keepsThePartsOnTheWayToTheJobManager() throws Exception {
    RustFunctionException exception = InstantiationUtil.clone(new RustFunctionException(PANIC));
    assertThat(exception.function()).isEqualTo("explode");
    assertThat(exception.stage()).isEqualTo("explode -> sink");
    assertThat(exception.phase()).isEqualTo("process");
    assertThat(exception.kind()).isEqualTo(FailureKind.FAILURE_KIND_PANIC);
    assertThat(exception.input()).isEqualTo("\"abc\"");
    assertThat(exception.rustBacktrace()).isEqualTo("   0: explode\n");
    assertThat(exception.causes()).isEmpty();
  }

  @Test
  void refusesAGarbledReport() {
    assertThatThrownBy(() -> RustFunctionException.fromReport(new byte[] {1, 2, 3}))
        .hasMessageContaining("cannot be read");
  }
}
