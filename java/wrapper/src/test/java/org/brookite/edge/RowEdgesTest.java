package org.brookite.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.core.memory.MemorySegment;
import org.apache.flink.core.memory.MemorySegmentFactory;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.binary.BinaryRowData;
import org.apache.flink.table.data.binary.BinarySegmentUtils;
import org.apache.flink.table.runtime.typeutils.InternalTypeInfo;
import org.apache.flink.table.runtime.typeutils.RowDataSerializer;
import org.apache.flink.table.types.logical.BigIntType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.VarCharType;
import org.junit.jupiter.api.Test;

class RowEdgesTest {

  private static final RowType TYPE =
      RowType.of(new VarCharType(VarCharType.MAX_LENGTH), new BigIntType());
  private static final InternalTypeInfo<RowData> INFO = InternalTypeInfo.of(TYPE);

  private final EdgeAssert<RowData> edge = EdgeAssert.of(INFO);

  private static GenericRowData generic(String text, Long number) {
    return GenericRowData.of(StringData.fromString(text), number);
  }

  private static BinaryRowData binary(String text, Long number) {
    return new RowDataSerializer(TYPE).toBinaryRow(generic(text, number)).copy();
  }

  private static byte[] bytes(BinaryRowData row) {
    return BinarySegmentUtils.copyToBytes(row.getSegments(), row.getOffset(), row.getSizeInBytes());
  }

  @Test
  void rowsGoInAsTheirBareBytes() throws IOException {
    BinaryRowData row = binary("longer than seven bytes", 5L);
    assertThat(edge.written(row)).isEqualTo(bytes(row));
    assertThat(edge.writtenKey(row)).isEqualTo(bytes(row));
    assertThat(edge.written(generic("longer than seven bytes", 5L))).isEqualTo(bytes(row));
    assertThat(edge.written(generic("short", null))).isEqualTo(bytes(binary("short", null)));
  }

  @Test
  void rowsThatStraddlePagesGoInWhole() throws IOException {
    BinaryRowData row = binary("longer than seven bytes", 5L);
    byte[] bytes = bytes(row);
    MemorySegment first = MemorySegmentFactory.allocateUnpooledSegment(32);
    MemorySegment second = MemorySegmentFactory.allocateUnpooledSegment(32);
    first.put(8, bytes, 0, 24);
    second.put(0, bytes, 24, bytes.length - 24);
    BinaryRowData straddling = new BinaryRowData(2);
    straddling.pointTo(new MemorySegment[] {first, second}, 8, bytes.length);

    assertThat(edge.written(straddling)).isEqualTo(bytes);
  }

  @Test
  void rowsComeOutAsAViewUnlessTheyAreKept() throws IOException {
    byte[] one = bytes(binary("one and some more", 1L));
    byte[] two = bytes(binary("two and some more", 2L));
    OffHeapBuffer buffer = new OffHeapBuffer(one.length + two.length);
    buffer.segment().put(0, one);
    buffer.segment().put(one.length, two);

    OutputEdge<RowData> views = edge.output(false);
    RowData view = views.read(buffer, 0, one.length);
    assertThat(view).isEqualTo(binary("one and some more", 1L));
    assertThat(views.read(buffer, one.length, two.length)).isSameAs(view);
    assertThat(view.getString(0)).hasToString("two and some more");

    OutputEdge<RowData> copies = edge.output(true);
    RowData first = copies.read(buffer, 0, one.length);
    RowData second = copies.read(buffer, one.length, two.length);
    buffer.segment().put(0, new byte[one.length]);
    buffer.segment().put(one.length, new byte[two.length]);
    assertThat(first).isEqualTo(binary("one and some more", 1L));
    assertThat(second).isEqualTo(binary("two and some more", 2L));
  }

  @Test
  void keysAreRowsOfTheirOwn() throws IOException {
    BinaryRowData key = binary("key", 1L);
    assertThat(edge.readKey(bytes(key))).isEqualTo(key).hasSameHashCodeAs(key);
    assertThatThrownBy(() -> edge.writtenKey(generic("key", 1L)))
        .hasMessageContaining("a ROW key must be BinaryRowData, found");
  }

  @Test
  void rowsInTuplesPassThroughTheSerializer() throws IOException {
    EdgeAssert<Tuple2<String, RowData>> tuple = EdgeAssert.of(Types.TUPLE(Types.STRING, INFO));
    Tuple2<String, RowData> value = Tuple2.of("a", binary("longer than seven bytes", 5L));
    assertThat(tuple.written(value)).isEqualTo(tuple.serialized(value));
    assertThat(tuple.read(tuple.serialized(value))).isEqualTo(value);
  }
}
