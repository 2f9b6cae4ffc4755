package org.brookite.operator;

import org.brookite.edge.OffHeapBuffer;

/** The memory that a stage shares with its operator. */
public final class StageBuffers {

  private static final int INITIAL_CAPACITY = 4096;

  private final OffHeapBuffer in = new OffHeapBuffer(INITIAL_CAPACITY);
  private final OffHeapBuffer out = new OffHeapBuffer(INITIAL_CAPACITY);

  /** Key and record on their way in. */
  public OffHeapBuffer in() {
    return in;
  }

  /** Frames on their way out. */
  public OffHeapBuffer out() {
    return out;
  }
}
