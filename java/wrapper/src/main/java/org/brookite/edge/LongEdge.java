package org.brookite.edge;

import java.io.IOException;

/** BIGINT records as Flink's serializer writes them: big-endian. */
final class LongEdge implements TwoWayEdge<Long> {

  @Override
  public int write(Long value, OffHeapBuffer to, int offset) {
    to.reserve(offset, Long.BYTES);
    to.segment().putLongBigEndian(offset, value);
    return Long.BYTES;
  }

  @Override
  public Long read(OffHeapBuffer from, int offset, int length) throws IOException {
    Lengths.check("BIGINT", Long.BYTES, length);
    return from.segment().getLongBigEndian(offset);
  }
}
