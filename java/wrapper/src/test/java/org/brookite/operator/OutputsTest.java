package org.brookite.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.common.typeutils.base.LongSerializer;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.apache.flink.util.OutputTag;
import org.brookite.edge.Edges;
import org.brookite.proto.SideOutput;
import org.brookite.proto.StageSpec;
import org.brookite.type.TypeMapping;
import org.junit.jupiter.api.Test;

/** Where the records of a stage go, and when they are from. */
class OutputsTest {

  private static final OutputTag<Long> LENGTHS = new OutputTag<>("lengths", Types.LONG);
  private static final OutputTag<String> COPIES = new OutputTag<>("copies", Types.STRING);

  /** Emits a record's length and a copy aside, and the record before and after in time. */
  private static final class OutputsStage extends FakeStage {
    @Override
    void onRecord(byte[] key, byte[] record, long timestamp, FrameWriter frames) {
      byte[] text = utf8(utf16(record));
      byte[] length = {0, 0, 0, 0, 0, 0, 0, (byte) text.length};
      frames.timedRecord(-1, text).record(text).timedRecord(100, text);
      frames.sideRecord(0, length).sideRecord(1, text);
      frames.record(text);
    }
  }

  private static OneInputStreamOperatorTestHarness<String, String> harness(FakeStage stage)
      throws Exception {
    StageSpec spec =
        Harnesses.plain().toBuilder()
            .addSideOutputs(
                SideOutput.newBuilder()
                    .setName("lengths")
                    .setEdge(Edges.outOfRust(TypeMapping.toDataType(Types.LONG))))
            .addSideOutputs(
                SideOutput.newBuilder()
                    .setName("copies")
                    .setEdge(Edges.outOfRust(TypeMapping.toDataType(Types.STRING))))
            .build();
    StageOutputs<String> outputs =
        new StageOutputs<>(Harnesses.STRINGS)
            .side(LENGTHS, LongSerializer.INSTANCE)
            .side(COPIES, Harnesses.STRINGS);
    OneInputStreamOperatorTestHarness<String, String> harness =
        new OneInputStreamOperatorTestHarness<>(
            new RustOperator<String, String>(
                FakeStages.of(() -> stage), spec, Harnesses.RECORDS, outputs),
            Harnesses.STRINGS);
    harness.setup(Harnesses.STRINGS);
    return harness;
  }

  @Test
  void recordsGoWhereTheyShouldAndAreFromWhenTheyShould() throws Exception {
    try (var harness = harness(new OutputsStage())) {
      harness.open();
      harness.processElement(new StreamRecord<>("x", 7));
      harness.processElement(new StreamRecord<>("xyz"));

      assertThat(harness.getOutput())
          .containsExactly(
              new StreamRecord<>("x", -1),
              new StreamRecord<>("x", 7),
              new StreamRecord<>("x", 100),
              new StreamRecord<>("x", 7),
              new StreamRecord<>("xyz", -1),
              new StreamRecord<>("xyz"),
              new StreamRecord<>("xyz", 100),
              new StreamRecord<>("xyz"));
      assertThat(harness.getSideOutput(LENGTHS))
          .containsExactly(new StreamRecord<>(1L, 7), new StreamRecord<>(3L));
      assertThat(harness.getSideOutput(COPIES))
          .containsExactly(new StreamRecord<>("x", 7), new StreamRecord<>("xyz"));
    }
  }

  @Test
  void thereIsNoOtherSideOutput() throws Exception {
    FakeStage stage =
        new UpperCaseStage() {
          @Override
          void onRecord(byte[] key, byte[] record, long timestamp, FrameWriter frames) {
            frames.sideRecord(2, record);
          }
        };
    try (var harness = harness(stage)) {
      harness.open();
      assertThatThrownBy(() -> harness.processElement("x", 1))
          .hasMessage("malformed output from Rust: a record for side output 2 of 2");
    }
  }

  /** The length of a record is its timestamp. */
  private static final class LengthStage extends FakeStage {
    @Override
    void onRecord(byte[] key, byte[] record, long timestamp, FrameWriter frames) {
      frames.record(new byte[] {0, 0, 0, 0, 0, 0, 0, (byte) (record.length / 2)});
    }

    @Override
    void onFinish(FrameWriter frames) {
      frames.record(utf8("too much")).record(utf8("too much"));
    }
  }

  @Test
  void timestampsAreThoseThatRustReads() throws Exception {
    StageSpec spec = Specs.plain(Types.STRING, Types.LONG);
    var harness =
        new OneInputStreamOperatorTestHarness<String, String>(
            new RustTimestampOperator<>(FakeStages.of(LengthStage::new), spec, Harnesses.RECORDS),
            Harnesses.STRINGS);
    harness.setup(Harnesses.STRINGS);
    harness.open();
    harness.processElement(new StreamRecord<>("four"));
    harness.processElement(new StreamRecord<>("one", 77));
    harness.processWatermark(78);
    assertThat(harness.getRecordOutput())
        .containsExactly(new StreamRecord<>("four", 4), new StreamRecord<>("one", 3));
    assertThatThrownBy(() -> harness.getOneInputOperator().finish())
        .hasMessageContaining("malformed output from Rust: a frame of a record of 8 bytes");
    harness.getOneInputOperator().close();
  }
}
