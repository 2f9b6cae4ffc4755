package org.brookite.operator;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.brookite.edge.OffHeapBuffer;

/** The memory that a stage shares with its operator. */
public final class StageBuffers {

  private static final int INITIAL_CAPACITY = 4096;

  private final OffHeapBuffer in = new OffHeapBuffer(INITIAL_CAPACITY);
  private final OffHeapBuffer out = new OffHeapBuffer(INITIAL_CAPACITY);
  private final ByteBuffer counters =
      ByteBuffer.allocateDirect(CounterBridge.MAX_COUNTERS * Long.BYTES)
          .order(ByteOrder.nativeOrder());

  /** Key and record on their way in. */
  public OffHeapBuffer in() {
    return in;
  }

  /** Frames on their way out. */
  public OffHeapBuffer out() {
    return out;
  }

  /** The values of the stage's counters, by slot, in native order. */
  public ByteBuffer counters() {
    return counters;
  }
}
