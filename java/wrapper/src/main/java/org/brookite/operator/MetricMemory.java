package org.brookite.operator;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The memory of metrics: outside the heap, where Rust finds it, and in native order, so that eight
 * aligned bytes are written and read in one piece.
 */
final class MetricMemory {

  /** An allocation costs more than a value; so values share one. */
  private static final int VALUES = 32;

  private ByteBuffer free = allocate(0);

  /** Makes room for one value. */
  ByteBuffer value() {
    if (!free.hasRemaining()) {
      free = allocate(VALUES);
    }
    free.limit(free.position() + Long.BYTES);
    ByteBuffer value = free.slice().order(ByteOrder.nativeOrder());
    free.position(free.limit()).limit(free.capacity());
    return value;
  }

  /** Makes room for a number and so many samples. */
  static ByteBuffer samples(int samples) {
    return allocate(1 + samples);
  }

  private static ByteBuffer allocate(int longs) {
    return ByteBuffer.allocateDirect(longs * Long.BYTES).order(ByteOrder.nativeOrder());
  }
}
