package org.brookite.edge;

import org.apache.flink.core.memory.MemorySegmentFactory;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.binary.BinaryRowData;

/**
 * ROW records on their way out when object reuse is on, and ROW keys: a row of its own for each.
 *
 * <p>With object reuse the next operator gets the very object and may keep it, in its state for
 * instance. A view into the buffer would change under it.
 */
final class RowCopyEdge implements OutputEdge<RowData> {

  private final int arity;

  RowCopyEdge(int arity) {
    this.arity = arity;
  }

  @Override
  public RowData read(OffHeapBuffer from, int offset, int length) {
    byte[] bytes = new byte[length];
    from.segment().get(offset, bytes);
    BinaryRowData row = new BinaryRowData(arity);
    row.pointTo(MemorySegmentFactory.wrap(bytes), 0, length);
    return row;
  }
}
