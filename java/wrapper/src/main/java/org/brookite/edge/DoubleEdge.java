package org.brookite.edge;

import java.io.IOException;

/** DOUBLE records as Flink's serializer writes them: big-endian. */
final class DoubleEdge implements TwoWayEdge<Double> {

  @Override
  public int write(Double value, OffHeapBuffer to, int offset) {
    to.reserve(offset, Double.BYTES);
    to.segment().putDoubleBigEndian(offset, value);
    return Double.BYTES;
  }

  @Override
  public Double read(OffHeapBuffer from, int offset, int length) throws IOException {
    Lengths.check("DOUBLE", Double.BYTES, length);
    return from.segment().getDoubleBigEndian(offset);
  }
}
