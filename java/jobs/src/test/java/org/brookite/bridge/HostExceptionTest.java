package org.brookite.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.ArrayList;
import java.util.List;
import org.brookite.proto.StageSpec;
import org.junit.jupiter.api.Test;

/** An exception that Java throws under a Rust function comes back as the same object. */
class HostExceptionTest {

  private final RuntimeException thrown = new IllegalStateException("not today");

  @Test
  void whileStateIsRead() {
    StageSpec.Builder spec =
        StageSpec.newBuilder()
            .addFunctions("count")
            .setInput(DirectStage.text())
            .setOutput(DirectStage.count())
            .setKey(DirectStage.text());
    StageHost host =
        new DirectStage.Host() {
          @Override
          public byte[] readState(int state, byte[] namespace, int query, byte[] entry) {
            // While the stage opens, it asks for the types that were ever written.
            if (query == QUERY_VALUE) {
              throw thrown;
            }
            return null;
          }
        };
    try (DirectStage stage = new DirectStage("word_count", spec, host)) {
      assertThat(catchThrowable(() -> stage.process("brook", "brook", 0))).isSameAs(thrown);

      assertThat(catchThrowable(() -> NativeBridge.flush(stage.handle)))
          .as("the stage stays failed")
          .isInstanceOf(NativeFailure.class);
      NativeBridge.closeStage(stage.handle);
      assertThat(NativeBridge.closeStage(stage.handle)).as("closing again").isZero();
    }
  }

  @Test
  void whileAValueIsRead() {
    StageSpec.Builder spec =
        StageSpec.newBuilder()
            .addFunctions("count")
            .setInput(DirectStage.text())
            .setOutput(DirectStage.count())
            .setKey(DirectStage.text());
    StageHost host =
        new DirectStage.Host() {
          @Override
          public int readValue(int state) {
            throw thrown;
          }
        };
    try (DirectStage stage = new DirectStage("word_count", spec, host)) {
      assertThat(catchThrowable(() -> stage.process("brook", "brook", 0))).isSameAs(thrown);
    }
  }

  @Test
  void whileStateIsWritten() {
    StageHost host =
        new DirectStage.Host() {
          @Override
          public void writeState(
              int state, byte[] namespace, int change, byte[] entry, byte[] value) {
            throw thrown;
          }
        };
    try (DirectStage stage = new DirectStage("fixture_failing", lately(), host)) {
      assertThat(catchThrowable(() -> stage.process("key", "text", 0))).isSameAs(thrown);
    }
  }

  @Test
  void stateIsAskedForAndWritten() {
    List<String> calls = new ArrayList<>();
    StageHost host =
        new DirectStage.Host() {
          @Override
          public byte[] readState(int state, byte[] namespace, int query, byte[] entry) {
            // Which types were ever written is asked as well.
            if (query == QUERY_ENTRY) {
              calls.add(String.format("read %d %s %d", state, namespace, entry.length));
            }
            return null;
          }

          @Override
          public void writeState(
              int state, byte[] namespace, int change, byte[] entry, byte[] value) {
            calls.add(
                String.format(
                    "write %d %s %d %d %d", state, namespace, change, entry.length, value.length));
          }
        };
    try (DirectStage stage = new DirectStage("fixture_failing", lately(), host)) {
      assertThat(stage.process("key", "text", 0)).isEqualTo(~Long.BYTES);
      assertThat(stage.out().getLong()).isEqualTo(1);
    }
    assertThat(calls).hasSize(2);
    assertThat(calls.get(0)).startsWith("read 0 null ");
    assertThat(calls.get(1)).startsWith("write 0 null " + StageHost.CHANGE_PUT_ENTRY + " ");
  }

  private static StageSpec.Builder lately() {
    return ringing().setFunctions(0, "count_lately");
  }

  @Test
  void whileTheClockIsRead() {
    StageHost host =
        new DirectStage.Host() {
          @Override
          public long processingTime() {
            throw thrown;
          }
        };
    try (DirectStage stage = new DirectStage("fixture_failing", ringing(), host)) {
      assertThat(catchThrowable(() -> stage.process("key", "clock", 0))).isSameAs(thrown);
    }
  }

  @Test
  void theClockIsRead() {
    StageHost host =
        new DirectStage.Host() {
          @Override
          public long processingTime() {
            return 1234;
          }
        };
    try (DirectStage stage = new DirectStage("fixture_failing", ringing(), host)) {
      assertThat(stage.process("key", "clock", 0)).isEqualTo(~Long.BYTES);
      assertThat(stage.out().getLong()).isEqualTo(1234);
    }
  }

  static StageSpec.Builder ringing() {
    return StageSpec.newBuilder()
        .addFunctions("ring_or_fail")
        .setInput(DirectStage.text())
        .setOutput(DirectStage.number())
        .setKey(DirectStage.text());
  }
}
