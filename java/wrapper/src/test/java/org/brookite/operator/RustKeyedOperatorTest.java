package org.brookite.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.InvalidProtocolBufferException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.KeyedStateBackend;
import org.apache.flink.streaming.api.operators.sorted.state.BatchExecutionInternalTimeServiceManager;
import org.apache.flink.streaming.api.operators.sorted.state.BatchExecutionStateBackend;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.brookite.RustJobException;
import org.brookite.bridge.StageHost;
import org.brookite.proto.DataType;
import org.brookite.proto.Primitive;
import org.brookite.proto.StateKind;
import org.brookite.state.StateValueSerializer;
import org.brookite.type.DataTypes;
import org.junit.jupiter.api.Test;

class RustKeyedOperatorTest {

  private static final TypeSerializer<String> STRINGS =
      Types.STRING.createSerializer(new SerializerConfigImpl());

  /** Records are keyed by their first character. */
  private static KeyedOneInputStreamOperatorTestHarness<String, String, String> harness(
      FakeStage stage) throws Exception {
    KeyedOneInputStreamOperatorTestHarness<String, String, String> harness = unset(stage);
    harness.setup(STRINGS);
    return harness;
  }

  private static KeyedOneInputStreamOperatorTestHarness<String, String, String> unset(
      FakeStage stage) throws Exception {
    return new KeyedOneInputStreamOperatorTestHarness<>(
        new RustKeyedOperator<String, String, String>(
            FakeStages.of(() -> stage),
            Specs.keyed(Types.STRING, Types.STRING, Types.STRING),
            STRINGS,
            InputRecords.whole(STRINGS),
            new StageOutputs<>(STRINGS)),
        record -> record.substring(0, 1),
        Types.STRING);
  }

  private static void process(
      KeyedOneInputStreamOperatorTestHarness<String, String, String> harness, String... records)
      throws Exception {
    for (String record : records) {
      harness.processElement(new StreamRecord<>(record));
    }
  }

  /** What Flink has stored, as opposed to what the stage holds back. */
  private static Long stored(
      KeyedOneInputStreamOperatorTestHarness<String, String, String> harness, String key)
      throws Exception {
    RustKeyedOperator<?, ?, ?> operator = (RustKeyedOperator<?, ?, ?>) harness.getOperator();
    KeyedStateBackend<String> backend = operator.getKeyedStateBackend();
    backend.setCurrentKey(key);
    byte[] value =
        operator
            .getKeyedStateStore()
            .getState(
                new ValueStateDescriptor<>("count", new StateValueSerializer(FakeStage.BIGINT)))
            .value();
    return value == null ? null : FakeStage.number(value);
  }

  @Test
  void readsTheStateOfTheRecordsKey() throws Exception {
    CountingStage stage = new CountingStage(10);
    try (KeyedOneInputStreamOperatorTestHarness<String, String, String> harness = harness(stage)) {
      harness.open();
      process(harness, "a", "b", "a");

      assertThat(harness.extractOutputValues()).containsExactly("a=1", "b=1", "a=2");
      assertThat(stage.calls)
          .containsExactly(
              "open", "process", "read a absent", "process", "read b absent", "process");
    }
  }

  @Test
  void storesEvictedEntriesUnderTheirOwnKeyAndReturnsToTheRecords() throws Exception {
    CountingStage stage = new CountingStage(1);
    try (KeyedOneInputStreamOperatorTestHarness<String, String, String> harness = harness(stage)) {
      harness.open();
      process(harness, "a", "b");
      assertThat(harness.getOperator().getCurrentKey()).isEqualTo("b");
      assertThat(stored(harness, "a")).isEqualTo(1);
      assertThat(stored(harness, "b")).isNull();

      process(harness, "b", "a", "b", "ä", "a");
      assertThat(harness.extractOutputValues())
          .containsExactly("a=1", "b=1", "b=2", "a=2", "b=3", "ä=1", "a=3");
      assertThat(stored(harness, "b")).isEqualTo(3);
    }
  }

  @Test
  void appliesFramesInOrder() throws Exception {
    FakeStage stage =
        new CountingStage(1) {
          @Override
          void onRecord(byte[] key, byte[] record, long timestamp, FrameWriter frames) {
            frames.state(0, key, number(1)).record(utf8("between"));
            frames.state(0, utf16le("z"), number(2)).state(0, key, null).state(0, key, number(3));
          }
        };
    try (KeyedOneInputStreamOperatorTestHarness<String, String, String> harness = harness(stage)) {
      harness.open();
      process(harness, "a");
      assertThat(harness.getOperator().getCurrentKey()).isEqualTo("a");
      assertThat(stored(harness, "a")).isEqualTo(3);
      assertThat(stored(harness, "z")).isEqualTo(2);
      assertThat(harness.extractOutputValues()).containsExactly("between");
    }
  }

  @Test
  void turnsNullKeysDown() throws Exception {
    try (KeyedOneInputStreamOperatorTestHarness<String, String, String> harness =
        harness(new CountingStage(1))) {
      harness.open();
      assertThatThrownBy(() -> harness.getOperator().setCurrentKey(null))
          .hasMessageContaining("the key selector returned null");
    }
  }

  @Test
  void clearsState() throws Exception {
    FakeStage stage =
        new CountingStage(1) {
          @Override
          void onRecord(byte[] key, byte[] record, long timestamp, FrameWriter frames) {
            frames.state(0, key, record.length > 2 ? null : number(1));
          }
        };
    try (KeyedOneInputStreamOperatorTestHarness<String, String, String> harness = harness(stage)) {
      harness.open();
      process(harness, "a");
      assertThat(stored(harness, "a")).isEqualTo(1);
      process(harness, "a again");
      assertThat(stored(harness, "a")).isNull();
      assertThat(harness.numKeyedStateEntries()).isZero();
    }
  }

  private static byte[] utf16le(String text) {
    return text.getBytes(StandardCharsets.UTF_16LE);
  }

  @Test
  void writesBackBeforeTheBarrierAndRestores() throws Exception {
    CountingStage stage = new CountingStage(10);
    OperatorSubtaskState snapshot;
    try (KeyedOneInputStreamOperatorTestHarness<String, String, String> harness = harness(stage)) {
      harness.open();
      process(harness, "a", "b", "a");
      assertThat(stored(harness, "a")).isNull();
      harness.prepareSnapshotPreBarrier(1);
      assertThat(stored(harness, "a")).isEqualTo(2);
      assertThat(harness.getOperator().getCurrentKey()).isEqualTo("a");
      snapshot = harness.snapshot(1, 1);
      assertThat(stage.calls).endsWith("process", "flush", "flush");
    }
    assertThat(stage.calls).endsWith("finish", "close");

    try (KeyedOneInputStreamOperatorTestHarness<String, String, String> restored =
        harness(new CountingStage(10))) {
      restored.initializeState(snapshot);
      restored.open();
      process(restored, "a", "b", "c");
      assertThat(restored.extractOutputValues()).containsExactly("a=3", "b=2", "c=1");
    }
  }

  @Test
  void snapshotFindsNothingHeldBackEvenWithoutBarrier() throws Exception {
    OperatorSubtaskState snapshot;
    try (KeyedOneInputStreamOperatorTestHarness<String, String, String> harness =
        harness(new CountingStage(10))) {
      harness.open();
      process(harness, "a", "a");
      snapshot = harness.snapshot(1, 1);
    }
    try (KeyedOneInputStreamOperatorTestHarness<String, String, String> restored =
        harness(new CountingStage(10))) {
      restored.initializeState(snapshot);
      restored.open();
      process(restored, "a");
      assertThat(restored.extractOutputValues()).containsExactly("a=3");
    }
  }

  @Test
  void doesNotFlushAFinishedStage() throws Exception {
    CountingStage stage = new CountingStage(10);
    KeyedOneInputStreamOperatorTestHarness<String, String, String> harness = harness(stage);
    harness.open();
    process(harness, "a");
    harness.getOneInputOperator().finish();
    assertThat(stored(harness, "a")).isEqualTo(1);
    harness.prepareSnapshotPreBarrier(1);
    harness.snapshot(1, 1);
    harness.getOneInputOperator().close();

    assertThat(stage.calls).containsExactly("open", "process", "read a absent", "finish", "close");
  }

  @Test
  void discardsWhatIsHeldBackOnCancellation() throws Exception {
    CountingStage stage = new CountingStage(10);
    KeyedOneInputStreamOperatorTestHarness<String, String, String> harness = harness(stage);
    harness.open();
    process(harness, "a");
    harness.getOneInputOperator().close();

    assertThat(stage.calls).containsExactly("open", "process", "read a absent", "close");
  }

  @Test
  void forgetsAKeyWhoseStateBatchModeDrops() throws Exception {
    CountingStage stage = new CountingStage(10);
    try (KeyedOneInputStreamOperatorTestHarness<String, String, String> harness = unset(stage)) {
      harness.setStateBackend(new BatchExecutionStateBackend());
      harness.setTimeServiceManagerProvider(BatchExecutionInternalTimeServiceManager::create);
      harness.setup(STRINGS);
      harness.open();
      process(harness, "a1", "a2", "b1", "b2");

      assertThat(harness.extractOutputValues()).containsExactly("a=1", "a=2", "b=1", "b=2");
      assertThat(stage.calls)
          .containsExactly(
              "open",
              "process",
              "read a absent",
              "process",
              "discard",
              "process",
              "read b absent",
              "process");
    }
  }

  @Test
  void forgetsNoKeyInStreamingMode() throws Exception {
    CountingStage stage = new CountingStage(10);
    try (KeyedOneInputStreamOperatorTestHarness<String, String, String> harness = harness(stage)) {
      harness.open();
      process(harness, "a", "b", "a");
      assertThat(stage.calls).doesNotContain("discard");
    }
  }

  @Test
  void refusesTwoStatesOfOneName() throws Exception {
    CountingStage stage =
        new CountingStage(1) {
          @Override
          void opened() {
            super.opened();
            super.opened();
          }
        };
    assertThatThrownBy(() -> harness(stage).open())
        .isInstanceOf(RustJobException.class)
        .hasMessageContaining("registers two states of the name 'count'");
  }

  @Test
  void tellsTheTypesThatValuesWereWrittenAs() throws Exception {
    OperatorSubtaskState snapshot;
    try (KeyedOneInputStreamOperatorTestHarness<String, String, String> harness =
        harness(new CountingStage(10))) {
      harness.open();
      process(harness, "a");
      snapshot = harness.snapshot(1, 1);
    }
    List<DataType> types = new ArrayList<>();
    FakeStage other =
        new UpperCaseStage() {
          @Override
          void opened() {
            DataType string =
                DataType.newBuilder().setPrimitive(Primitive.PRIMITIVE_STRING).build();
            int state =
                host.registerState(
                    declaration("count", StateKind.STATE_KIND_VALUE)
                        .setDataType(string)
                        .build()
                        .toByteArray());
            byte[] answer = host.readState(state, null, StageHost.QUERY_TYPES, null);
            for (byte[] type : Parts.split(answer)) {
              try {
                types.add(DataType.parseFrom(type));
              } catch (InvalidProtocolBufferException e) {
                throw new AssertionError(e);
              }
            }
          }
        };
    try (KeyedOneInputStreamOperatorTestHarness<String, String, String> restored = harness(other)) {
      restored.initializeState(snapshot);
      restored.open();
    }
    assertThat(types)
        .extracting(DataTypes::describe)
        .containsExactly("BIGINT NOT NULL", "STRING NOT NULL");
  }

  @Test
  void returnsTheExceptionOfAnUpcallAsItIs() throws Exception {
    FakeStage stage =
        new CountingStage(1) {
          @Override
          void onRecord(byte[] key, byte[] record, long timestamp, FrameWriter frames) {
            host.readState(5, FrameWriter.NONE, StageHost.QUERY_VALUE, null);
          }
        };
    try (KeyedOneInputStreamOperatorTestHarness<String, String, String> harness = harness(stage)) {
      harness.open();
      assertThatThrownBy(() -> process(harness, "a"))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("has no state number 5: it registered [count]");
    }
  }
}
