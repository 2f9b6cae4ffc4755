package org.brookite.operator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.CollectorOutput;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.runtime.typeutils.InternalTypeInfo;
import org.apache.flink.table.runtime.typeutils.RowDataSerializer;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.VarCharType;
import org.junit.jupiter.api.Test;

/** What the next operator gets of rows, which may be views into memory that Rust writes to. */
class RowOperatorTest {

  private static final RowType TYPE = RowType.of(new VarCharType(VarCharType.MAX_LENGTH));
  private static final RowDataSerializer SERIALIZER = new RowDataSerializer(TYPE);

  /** Returns each row twice. */
  private static final class TwiceStage extends FakeStage {
    @Override
    void onRecord(byte[] key, byte[] record, long timestamp, FrameWriter frames) {
      frames.record(record).record(record);
    }
  }

  /** Runs two rows through the operator, and returns the very objects that it emits. */
  private static List<RowData> emitted(boolean objectReuse) throws Exception {
    List<Object> elements = new ArrayList<>();
    OneInputStreamOperatorTestHarness<RowData, RowData> harness =
        new OneInputStreamOperatorTestHarness<>(
            new RustOperator<>(
                FakeStages.of(TwiceStage::new),
                Specs.plain(InternalTypeInfo.of(TYPE), InternalTypeInfo.of(TYPE)),
                InputRecords.whole(SERIALIZER),
                new StageOutputs<>(SERIALIZER)),
            SERIALIZER);
    if (objectReuse) {
      harness.getExecutionConfig().enableObjectReuse();
    }
    harness.setOutputCreator(serializer -> new IdentityOutput(elements));
    harness.setup(SERIALIZER);
    harness.open();
    harness.processElement(GenericRowData.of(StringData.fromString("the first of two")), 1);
    harness.processElement(GenericRowData.of(StringData.fromString("the last of two")), 2);
    harness.close();
    List<RowData> rows = new ArrayList<>();
    elements.forEach(row -> rows.add((RowData) row));
    return rows;
  }

  /** Keeps the values as they are. */
  private static final class IdentityOutput extends CollectorOutput<RowData> {

    private final List<Object> values;

    IdentityOutput(List<Object> values) {
      super(new ArrayList<>());
      this.values = values;
    }

    @Override
    public void collect(StreamRecord<RowData> record) {
      values.add(record.getValue());
    }
  }

  @Test
  void withObjectReuseEveryRowIsItsOwn() throws Exception {
    assertThat(emitted(true))
        .extracting(row -> row.getString(0).toString())
        .containsExactly(
            "the first of two", "the first of two", "the last of two", "the last of two");
  }

  @Test
  void withoutObjectReuseOneViewServesAllSinceFlinkCopies() throws Exception {
    List<RowData> rows = emitted(false);
    assertThat(rows).hasSize(4).allSatisfy(row -> assertThat(row).isSameAs(rows.get(0)));
  }
}
