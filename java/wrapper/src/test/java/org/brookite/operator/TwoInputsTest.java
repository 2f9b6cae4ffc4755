package org.brookite.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.brookite.proto.StateKind;
import org.junit.jupiter.api.Test;

/** Stages of two inputs. */
class TwoInputsTest {

  /** Emits which input a record came by, its key and itself. */
  private static final class WhichStage extends FakeStage {
    @Override
    void onRecord(byte[] key, byte[] record, long timestamp, FrameWriter frames) {
      frames.record(utf8("1 " + utf16(key) + " " + utf16(record)));
    }

    @Override
    void onSecond(byte[] key, byte[] record, long timestamp, FrameWriter frames) {
      frames.record(utf8("2 " + utf16(key) + " " + utf16(record)));
    }
  }

  @Test
  void recordsComeByTheirInput() throws Exception {
    try (var harness = Harnesses.two(new WhichStage())) {
      harness.open();
      harness.processElement1(new StreamRecord<>("one", 1));
      harness.processElement2(new StreamRecord<>("two", 2));
      assertThat(harness.getOutput())
          .containsExactly(new StreamRecord<>("1  one", 1), new StreamRecord<>("2  two", 2));
    }
  }

  @Test
  void bothInputsAreKeyed() throws Exception {
    try (var harness = Harnesses.keyedTwo(new WhichStage(), false)) {
      harness.open();
      harness.processElement1(new StreamRecord<>("one"));
      harness.processElement2(new StreamRecord<>("two"));
      harness.processElement2(new StreamRecord<>("other"));
      assertThat(harness.extractOutputValues()).containsExactly("1 o one", "2 t two", "2 o other");
    }
  }

  @Test
  void bothInputsShareTheStateOfAKey() throws Exception {
    try (var harness = Harnesses.keyedTwo(new CountingStage(1), false)) {
      harness.open();
      harness.processElement1(new StreamRecord<>("a1"));
      harness.processElement2(new StreamRecord<>("a2"));
      harness.processElement2(new StreamRecord<>("b1"));
      harness.processElement1(new StreamRecord<>("a3"));
      assertThat(harness.extractOutputValues()).containsExactly("a=1", "a=2", "b=1", "a=3");
    }
  }

  @Test
  void theWatermarkIsTheLowerOfBoth() throws Exception {
    TimersStage stage = new TimersStage();
    try (var harness = Harnesses.keyedTwo(stage, false)) {
      harness.open();
      harness.processElement2(new StreamRecord<>("a event 5"));
      harness.processWatermark1(new Watermark(9));
      assertThat(harness.getOutput()).isEmpty();
      harness.processWatermark2(new Watermark(4));
      harness.processWatermark2(new Watermark(6));
      harness.processWatermarkStatus2(WatermarkStatus.IDLE);
      assertThat(harness.getOutput())
          .containsExactly(
              new Watermark(4), new StreamRecord<>("a@5 0", 5), new Watermark(6), new Watermark(9));
      assertThat(stage.calls)
          .containsExactly(
              "open", "process", "watermark 4", "watermark 6", "timer 5", "watermark 9");
    }
  }

  /** Keeps what is broadcast, and counts per key how often it was asked for that. */
  private static final class RulesStage extends StatesStage {

    RulesStage() {
      state("map", StateKind.STATE_KIND_BROADCAST, 0);
      state("value", StateKind.STATE_KIND_VALUE, 0);
    }
  }

  @Test
  void whatIsBroadcastIsSeenByAllKeys() throws Exception {
    try (var harness = Harnesses.keyedTwo(new RulesStage(), true)) {
      harness.open();
      harness.processElement1(new StreamRecord<>("a value set 1"));
      harness.processElement2(new StreamRecord<>("- map put x 2"));
      harness.processElement1(new StreamRecord<>("a map get"));
      harness.processElement1(new StreamRecord<>("b map entry x"));
      harness.processElement1(new StreamRecord<>("a value get"));
      harness.processElement1(new StreamRecord<>("b value get"));
      assertThat(harness.extractOutputValues())
          .containsExactly("a: x 2", "b: 2", "a: 1", "b: nothing");
    }
  }

  @Test
  void aRecordThatIsBroadcastHasNoStateOfAKey() throws Exception {
    try (var harness = Harnesses.keyedTwo(new RulesStage(), true)) {
      harness.open();
      harness.processElement1(new StreamRecord<>("a value set 1"));
      assertThatThrownBy(() -> harness.processElement2(new StreamRecord<>("a value get")))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("a record without key is processed, and state belongs to keys");
    }
  }

  @Test
  void broadcastStateIsRestored() throws Exception {
    var first = Harnesses.two(StatesStage.ofSubtask());
    first.open();
    first.processElement2(new StreamRecord<>("- map put x 1"));
    var snapshot = first.snapshot(1, 1);
    first.close();
    try (var harness = Harnesses.two(StatesStage.ofSubtask())) {
      harness.initializeState(snapshot);
      harness.open();
      harness.processElement1(new StreamRecord<>("- map get"));
      assertThat(harness.extractOutputValues()).containsExactly("-: x 1");
    }
  }
}
