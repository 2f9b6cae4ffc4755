package org.brookite.operator;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.HistogramStatistics;

/**
 * A histogram whose samples Rust writes and Java reads.
 *
 * <p>The memory has the number of all samples, then a ring of the latest: number {@code n}, counted
 * from 0, is in place {@code n} modulo the size of the ring. Rust writes a sample before it counts
 * it. A reader may find a sample that is newer than the number, in place of the oldest.
 */
final class RustHistogram implements Histogram {

  private static final VarHandle LONG =
      MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.nativeOrder());

  private final ByteBuffer memory;
  private final int ring;

  RustHistogram(ByteBuffer memory) {
    this.memory = memory;
    this.ring = memory.capacity() / Long.BYTES - 1;
  }

  @Override
  public long getCount() {
    return (long) LONG.getAcquire(memory, 0);
  }

  @Override
  public HistogramStatistics getStatistics() {
    int size = (int) Math.min(getCount(), ring);
    long[] samples = new long[size];
    for (int i = 0; i < size; i++) {
      samples[i] = memory.getLong((1 + i) * Long.BYTES);
    }
    return new SampleStatistics(samples);
  }

  @Override
  public void update(long value) {
    throw new UnsupportedOperationException("this histogram is written in Rust");
  }
}
