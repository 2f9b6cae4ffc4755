package org.brookite.edge;

import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.binary.BinaryRowData;
import org.apache.flink.table.runtime.typeutils.RowDataSerializer;

/** ROW records on their way in: the bytes of their BinaryRowData, copied at once. */
final class RowInputEdge implements InputEdge<RowData> {

  private final RowDataSerializer serializer;

  RowInputEdge(RowDataSerializer serializer) {
    this.serializer = serializer;
  }

  @Override
  public int write(RowData value, OffHeapBuffer to, int offset) {
    return RowBytes.copy(serializer.toBinaryRow(value), to, offset);
  }

  /** ROW keys. Flink compares and hashes keys by their bytes, so they must have the one form. */
  static final class Key implements InputEdge<RowData> {

    @Override
    public int write(RowData value, OffHeapBuffer to, int offset) {
      if (!(value instanceof BinaryRowData)) {
        throw new IllegalArgumentException(
            String.format(
                "a ROW key must be BinaryRowData, found %s: make the key selector return"
                    + " RowDataSerializer.toBinaryRow(row)",
                value.getClass().getName()));
      }
      return RowBytes.copy((BinaryRowData) value, to, offset);
    }
  }
}
