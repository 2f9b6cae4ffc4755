package org.brookite.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.brookite.operator.Harnesses.process;

import java.util.ArrayList;
import java.util.List;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Timers that Rust sets fire under their key, with their state. */
class TimersTest {

  @ParameterizedTest
  @ValueSource(strings = {"hashmap", "rocksdb"})
  void theWatermarkFiresTimersOfEventTime(String backend) throws Exception {
    TimersStage stage = new TimersStage();
    try (var harness = Harnesses.keyed(stage, backend)) {
      harness.open();
      process(harness, "a event 10", "b event 5", "a event 20", "a event 10", "b event 99");
      harness.processWatermark(4);
      harness.processWatermark(10);
      harness.processWatermarkStatus(WatermarkStatus.IDLE);
      harness.processWatermark(30);

      assertThat(harness.getOutput())
          .containsExactly(
              new Watermark(4),
              new StreamRecord<>("b@5 0", 5),
              new StreamRecord<>("a@10 0", 10),
              new Watermark(10),
              WatermarkStatus.IDLE,
              new StreamRecord<>("a@20 1", 20),
              new Watermark(30));
      assertThat(stage.calls)
          .endsWith(
              "watermark 4", "watermark 10", "timer 5", "timer 10", "watermark 30", "timer 20");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"hashmap", "rocksdb"})
  void theClockFiresTimersOfProcessingTime(String backend) throws Exception {
    try (var harness = Harnesses.keyed(new TimersStage(), backend)) {
      harness.open();
      harness.setProcessingTime(1);
      process(harness, "a clock 10", "b clock 5", "a clock 20", "a event 7");
      harness.setProcessingTime(12);
      assertThat(harness.getOutput())
          .containsExactly(new StreamRecord<>("b@5 0"), new StreamRecord<>("a@10 0"));
      assertThat(harness.numProcessingTimeTimers()).isEqualTo(1);
      assertThat(harness.numEventTimeTimers()).isEqualTo(1);
    }
  }

  @Test
  void deletedTimersDoNotFire() throws Exception {
    try (var harness = Harnesses.keyed(new TimersStage(), "hashmap")) {
      harness.open();
      process(harness, "a event 10", "b event 10", "a event delete 10", "a event delete 11");
      process(harness, "a clock 10", "b clock 10", "b clock delete 10");
      harness.processWatermark(20);
      harness.setProcessingTime(20);
      assertThat(harness.extractOutputValues()).containsExactly("b@10 0", "a@10 0");
    }
  }

  @Test
  void timersSetTimers() throws Exception {
    try (var harness = Harnesses.keyed(new TimersStage(), "hashmap")) {
      harness.open();
      process(harness, "a event 50", "b event 50");
      harness.processWatermark(70);
      assertThat(harness.extractOutputValues())
          .containsExactly("a@50 0", "b@50 0", "a@60 1", "b@60 1");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"hashmap", "rocksdb"})
  void windowsHaveTimersOfTheirOwn(String backend) throws Exception {
    TimersStage stage = new TimersStage();
    var spec = Harnesses.keyed().toBuilder();
    spec.getWindowingBuilder().getGlobalBuilder();
    try (var harness = Harnesses.keyed(stage, spec.build(), backend, 0, 1)) {
      harness.open();
      for (byte end = 1; end < 3; end++) {
        stage.namespace = new byte[16];
        stage.namespace[15] = end;
        process(harness, "a event 10", "a event 10");
      }
      harness.processWatermark(10);
      assertThat(harness.extractOutputValues()).containsExactlyInAnyOrder("a[1]@10 0", "a[2]@10 1");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"hashmap", "rocksdb"})
  void timersMoveWithTheirKeys(String backend) throws Exception {
    OperatorSubtaskState one;
    try (var harness = Harnesses.keyed(new TimersStage(), backend)) {
      harness.open();
      process(harness, "a event 10", "b event 10", "c clock 10", "d event 50", "e clock 3");
      harness.setProcessingTime(5);
      one = harness.snapshot(1, 1);
    }
    List<String> fired = new ArrayList<>();
    OperatorSubtaskState[] three = new OperatorSubtaskState[3];
    for (int i = 0; i < 3; i++) {
      try (var harness = keyed(backend, i, 3)) {
        harness.initializeState(Harnesses.share(i, 1, 3, one));
        harness.open();
        harness.processWatermark(10);
        fired.addAll(harness.extractOutputValues());
        three[i] = harness.snapshot(2, 2);
      }
    }
    assertThat(fired).containsExactlyInAnyOrder("a@10 0", "b@10 0");
    fired.clear();
    for (int i = 0; i < 2; i++) {
      try (var harness = keyed(backend, i, 2)) {
        harness.initializeState(Harnesses.share(i, 3, 2, three));
        harness.open();
        harness.setProcessingTime(10);
        harness.processWatermark(60);
        process(harness, Harnesses.own(i, 2, "e event 70"));
        harness.processWatermark(70);
        fired.addAll(harness.extractOutputValues());
      }
    }
    assertThat(fired).containsExactlyInAnyOrder("c@10 0", "d@50 0", "d@60 1", "e@70 1");
  }

  private static KeyedOneInputStreamOperatorTestHarness<String, String, String> keyed(
      String backend, int subtask, int parallelism) throws Exception {
    return Harnesses.keyed(new TimersStage(), Harnesses.keyed(), backend, subtask, parallelism);
  }

  /** What these timers set is in the past already, as Flink sees it, and does not fire. */
  @Test
  void batchModeFiresAKeysTimersWhenTheNextOneBegins() throws Exception {
    TimersStage stage = new TimersStage();
    var harness = Harnesses.keyed(stage, "batch");
    harness.open();
    process(harness, "a event 50", "a event 10", "a clock 20", "b event 10", "c clock 1");
    harness.processWatermark(Watermark.MAX_WATERMARK);
    harness.getOneInputOperator().finish();
    harness.getOneInputOperator().close();

    assertThat(harness.getOutput())
        .containsExactly(
            new StreamRecord<>("a@10 0", 10),
            new StreamRecord<>("a@50 1", 50),
            new StreamRecord<>("a@20 2"),
            new StreamRecord<>("b@10 0", 10),
            new StreamRecord<>("c@1 0"),
            Watermark.MAX_WATERMARK);
    assertThat(stage.calls)
        .containsExactly(
            "open",
            "process",
            "process",
            "process",
            "watermark max",
            "timer 10",
            "timer 50",
            "timer 20",
            "discard",
            "watermark min",
            "process",
            "watermark max",
            "timer 10",
            "discard",
            "watermark min",
            "process",
            "watermark max",
            "watermark max",
            "timer 1",
            "finish",
            "close");
  }

  @Test
  void timersNeedAKey() throws Exception {
    FakeStage stage =
        new UpperCaseStage() {
          @Override
          void onRecord(byte[] key, byte[] record, long timestamp, FrameWriter frames) {
            frames.register(RustStage.EVENT_TIME, 1, key, FrameWriter.NONE);
          }
        };
    try (var harness = Harnesses.plain(stage, 0, 1)) {
      harness.open();
      assertThatThrownBy(() -> process(harness, "x"))
          .hasMessageContaining("set a timer, but its stream has no key")
          .hasMessageContaining("call keyBy before the function");
    }
  }

  @Test
  void aFailureInATimerIsTheOperators() throws Exception {
    FakeStage stage =
        new TimersStage() {
          @Override
          void onTimer(int domain, byte[] key, byte[] namespace, long time, FrameWriter frames) {
            throw new IllegalStateException("boom at " + time);
          }
        };
    try (var harness = Harnesses.keyed(stage, "hashmap")) {
      harness.open();
      process(harness, "a event 1");
      assertThatThrownBy(() -> harness.processWatermark(1)).hasMessage("boom at 1");
    }
  }
}
