package org.brookite.edge;

import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.binary.BinaryRowData;

/**
 * ROW records on their way out when object reuse is off: one row that points into the buffer.
 *
 * <p>Nobody keeps it: without object reuse Flink copies a record before it hands it to a chained
 * operator, and serializes it towards any other.
 */
final class RowViewEdge implements OutputEdge<RowData> {

  private final BinaryRowData row;

  RowViewEdge(int arity) {
    row = new BinaryRowData(arity);
  }

  @Override
  public RowData read(OffHeapBuffer from, int offset, int length) {
    row.pointTo(from.segments(), offset, length);
    return row;
  }
}
