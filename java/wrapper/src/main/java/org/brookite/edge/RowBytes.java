package org.brookite.edge;

import org.apache.flink.core.memory.MemorySegment;
import org.apache.flink.table.data.binary.BinaryRowData;

/** Copies the bytes of rows. */
final class RowBytes {

  private RowBytes() {}

  static int copy(BinaryRowData row, OffHeapBuffer to, int offset) {
    if (row.getSegments().length > 1) {
      // A row that straddles pages of a sort or a hash table; rare, and copying joins it.
      row = row.copy();
    }
    int length = row.getSizeInBytes();
    MemorySegment source = row.getSegments()[0];
    to.reserve(offset, length);
    source.copyTo(row.getOffset(), to.segment(), offset, length);
    return length;
  }
}
