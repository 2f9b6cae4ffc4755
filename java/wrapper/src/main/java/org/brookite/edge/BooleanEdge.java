package org.brookite.edge;

import java.io.IOException;

/** BOOLEAN records as Flink's serializer writes them: one byte, 0 or 1. */
final class BooleanEdge implements TwoWayEdge<Boolean> {

  @Override
  public int write(Boolean value, OffHeapBuffer to, int offset) {
    to.reserve(offset, Byte.BYTES);
    to.segment().putBoolean(offset, value);
    return Byte.BYTES;
  }

  @Override
  public Boolean read(OffHeapBuffer from, int offset, int length) throws IOException {
    Lengths.check("BOOLEAN", Byte.BYTES, length);
    return from.segment().getBoolean(offset);
  }
}
