package org.brookite.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.apache.flink.util.InstantiationUtil;
import org.brookite.RustFunctionException;
import org.brookite.RustJobException;
import org.brookite.proto.FailureKind;
import org.junit.jupiter.api.Test;

class RustOperatorTest {

  private final UpperCaseStage stage = new UpperCaseStage();

  private static OneInputStreamOperatorTestHarness<String, String> harness(FakeStage stage)
      throws Exception {
    OneInputStreamOperatorTestHarness<String, String> harness =
        new OneInputStreamOperatorTestHarness<>(
            operator(FakeStages.of(() -> stage)), serializer(Types.STRING));
    harness.setup(serializer(Types.STRING));
    return harness;
  }

  private static RustOperator<String, String> operator(RustStageFactory stages) {
    return new RustOperator<>(
        stages,
        Specs.plain(Types.STRING, Types.STRING),
        InputRecords.whole(serializer(Types.STRING)),
        new StageOutputs<>(serializer(Types.STRING)));
  }

  private static <T> TypeSerializer<T> serializer(TypeInformation<T> type) {
    return type.createSerializer(new SerializerConfigImpl());
  }

  @Test
  void emitsAnyNumberOfResultsWithTheTimestampOfTheirRecord() throws Exception {
    try (OneInputStreamOperatorTestHarness<String, String> harness = harness(stage)) {
      harness.open();
      harness.processElement("xx", 17);
      harness.processElement("dropped", 18);
      harness.processElement(new StreamRecord<>("x without time"));
      harness.processElement("x", Long.MIN_VALUE + 1);

      assertThat(harness.getRecordOutput())
          .containsExactly(
              new StreamRecord<>("XX", 17),
              new StreamRecord<>("XX", 17),
              new StreamRecord<>("X WITHOUT TIME"),
              new StreamRecord<>("X", Long.MIN_VALUE + 1));
    }
  }

  @Test
  void tellsTheStageWhereItRuns() throws Exception {
    try (OneInputStreamOperatorTestHarness<String, String> harness = harness(stage)) {
      harness.getStreamConfig().setOperatorName("shouting");
      harness.open();
      assertThat(stage.spec.getStage()).isEqualTo("shouting");
      assertThat(stage.spec.getSubtask().getParallelism()).isEqualTo(1);
      assertThat(stage.spec.getFunctionsList()).containsExactly("tested");
    }
  }

  @Test
  void ticksEveryFewSecondsUntilItIsClosed() throws Exception {
    OneInputStreamOperatorTestHarness<String, String> harness = harness(stage);
    harness.open();
    harness.setProcessingTime(AbstractRustOperator.TICK_MS - 1);
    assertThat(stage.ticks).isZero();
    harness.setProcessingTime(2 * AbstractRustOperator.TICK_MS);
    assertThat(stage.ticks).isEqualTo(2);
    harness.getOneInputOperator().close();
    harness.setProcessingTime(3 * AbstractRustOperator.TICK_MS);
    assertThat(stage.ticks).isEqualTo(2);
    assertThat(stage.calls).containsExactly("open", "close");
  }

  @Test
  void finishesBeforeItCloses() throws Exception {
    OneInputStreamOperatorTestHarness<String, String> harness = harness(stage);
    harness.open();
    harness.processElement("x", 1);
    harness.getOneInputOperator().finish();
    harness.getOperator().prepareSnapshotPreBarrier(1);
    harness.snapshot(1, 1);
    harness.getOneInputOperator().close();

    assertThat(stage.calls).containsExactly("open", "process", "finish", "close");
    assertThat(harness.getRecordOutput())
        .containsExactly(new StreamRecord<>("X", 1), new StreamRecord<>(UpperCaseStage.AT_END));
  }

  @Test
  void closesWithoutFinishingOnCancellation() throws Exception {
    OneInputStreamOperatorTestHarness<String, String> harness = harness(stage);
    harness.open();
    harness.processElement("x", 1);
    harness.getOneInputOperator().close();
    harness.getOneInputOperator().close();

    assertThat(stage.calls).containsExactly("open", "process", "close");
  }

  @Test
  void closesOnceWhenAFunctionFails() throws Exception {
    FakeStage failing =
        new UpperCaseStage() {
          @Override
          void onRecord(byte[] key, byte[] record, long timestamp, FrameWriter frames) {
            throw new IllegalStateException("boom");
          }
        };
    OneInputStreamOperatorTestHarness<String, String> harness = harness(failing);
    harness.open();
    assertThatThrownBy(() -> harness.processElement("x", 1)).hasMessage("boom");
    harness.getOneInputOperator().close();

    assertThat(failing.calls).containsExactly("open", "process", "close");
  }

  @Test
  void hasNothingToCloseWhenOpenFails() throws Exception {
    FakeStage failing =
        new UpperCaseStage() {
          @Override
          void opened() {
            throw new IllegalStateException("no");
          }
        };
    OneInputStreamOperatorTestHarness<String, String> harness = harness(failing);
    assertThatThrownBy(harness::open).hasMessage("no");
    harness.getOneInputOperator().close();

    assertThat(failing.calls).containsExactly("open");
  }

  @Test
  void closesTheOperatorEvenWhenTheStageCannot() throws Exception {
    FakeStage failing =
        new UpperCaseStage() {
          @Override
          void onClose() {
            throw new IllegalStateException("stuck");
          }
        };
    OneInputStreamOperatorTestHarness<String, String> harness = harness(failing);
    harness.open();
    assertThatThrownBy(() -> harness.getOneInputOperator().close()).hasMessage("stuck");
    harness.getOneInputOperator().close();

    assertThat(failing.calls).containsExactly("open", "close");
  }

  @Test
  void growsBothBuffersAndKeepsThem() throws Exception {
    try (OneInputStreamOperatorTestHarness<String, String> harness = harness(stage)) {
      harness.open();
      String large = "x" + "ä".repeat(100_000);
      harness.processElement(large, 1);
      harness.processElement(large, 2);
      harness.processElement("x", 3);

      assertThat(harness.extractOutputValues())
          .containsExactly("X" + "Ä".repeat(100_000), "X" + "Ä".repeat(100_000), "X");
      assertThat(stage.calls)
          .containsExactly("open", "growIn", "process", "growOut", "process", "process");
      assertThat(stage.in.capacity()).isEqualTo(1 << 18);
      assertThat(stage.out.capacity()).isEqualTo(1 << 18);
    }
  }

  @Test
  void refusesNullWithAReason() throws Exception {
    try (OneInputStreamOperatorTestHarness<String, String> harness = harness(stage)) {
      harness.open();
      assertThatThrownBy(() -> harness.processElement(new StreamRecord<>(null)))
          .isInstanceOfSatisfying(
              RustFunctionException.class,
              e -> {
                assertThat(e.kind()).isEqualTo(FailureKind.FAILURE_KIND_BAD_INPUT);
                assertThat(e).hasMessageContaining("'tested' could not read its input");
                assertThat(e).hasMessageContaining("expected a value, found null");
              });
    }
  }

  @Test
  void refusesOutputThatIsNoFrames() throws Exception {
    FakeStage garbled =
        new UpperCaseStage() {
          @Override
          void onRecord(byte[] key, byte[] record, long timestamp, FrameWriter frames) {
            frames.number(7).number(0);
          }
        };
    try (OneInputStreamOperatorTestHarness<String, String> harness = harness(garbled)) {
      harness.open();
      assertThatThrownBy(() -> harness.processElement("x", 1))
          .hasMessage("malformed output from Rust: expected a frame of kind 0 to 4 at byte 0 of 8");
    }
  }

  @Test
  void hasNoState() throws Exception {
    OneInputStreamOperatorTestHarness<String, String> harness = harness(new CountingStage(1));
    assertThatThrownBy(harness::open)
        .isInstanceOf(RustJobException.class)
        .hasMessageContaining("cannot open state 'count' of type BIGINT NOT NULL")
        .hasMessageContaining("its stream has no key");
  }

  @Test
  void passesWatermarksAndStatusesAtOnce() throws Exception {
    try (OneInputStreamOperatorTestHarness<String, String> harness = harness(stage)) {
      harness.open();
      harness.processElement("x", 1);
      harness.processWatermark(5);
      harness.processWatermarkStatus(WatermarkStatus.IDLE);
      harness.processElement("xy", 2);

      assertThat(harness.getOutput())
          .containsExactly(
              new StreamRecord<>("X", 1),
              new Watermark(5),
              WatermarkStatus.IDLE,
              new StreamRecord<>("XY", 2));
    }
  }

  @Test
  void travelsInTheJobGraph() throws Exception {
    RustOperator<String, String> copy =
        InstantiationUtil.clone(operator(FakeStages.of(() -> stage)));
    try (OneInputStreamOperatorTestHarness<String, String> harness =
        new OneInputStreamOperatorTestHarness<>(copy, serializer(Types.STRING))) {
      harness.setup(serializer(Types.STRING));
      harness.open();
      harness.processElement("x", 1);
      assertThat(harness.extractOutputValues()).containsExactly("X");
    }
  }

  @Test
  void givesRecordsAsUtf16AndTakesUtf8() throws Exception {
    FakeStage echo =
        new UpperCaseStage() {
          @Override
          void onRecord(byte[] key, byte[] record, long timestamp, FrameWriter frames) {
            assertThat(key).isEmpty();
            assertThat(record).isEqualTo("grün 猫 🐈".getBytes(StandardCharsets.UTF_16LE));
            frames.record(utf8("grün 猫 🐈"));
          }
        };
    try (OneInputStreamOperatorTestHarness<String, String> harness = harness(echo)) {
      harness.open();
      harness.processElement("grün 猫 🐈", 1);
      assertThat(harness.extractOutputValues()).containsExactly("grün 猫 🐈");
    }
  }
}
