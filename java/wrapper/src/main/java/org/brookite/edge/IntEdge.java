package org.brookite.edge;

import java.io.IOException;

/** INT records as Flink's serializer writes them: big-endian. */
final class IntEdge implements TwoWayEdge<Integer> {

  @Override
  public int write(Integer value, OffHeapBuffer to, int offset) {
    to.reserve(offset, Integer.BYTES);
    to.segment().putIntBigEndian(offset, value);
    return Integer.BYTES;
  }

  @Override
  public Integer read(OffHeapBuffer from, int offset, int length) throws IOException {
    Lengths.check("INT", Integer.BYTES, length);
    return from.segment().getIntBigEndian(offset);
  }
}
