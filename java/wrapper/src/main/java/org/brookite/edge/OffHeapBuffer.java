package org.brookite.edge;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.CharBuffer;
import org.apache.flink.core.memory.MemorySegment;
import org.apache.flink.core.memory.MemorySegmentFactory;

/**
 * Memory outside the heap that Java and native code share. It grows and never shrinks.
 *
 * <p>Growing puts another buffer in place of the old one, of which native code has to be told: see
 * {@link #takeReplaced}.
 */
public final class OffHeapBuffer {

  /** The largest buffer that every JVM can make. */
  private static final int MAX_CAPACITY = Integer.MAX_VALUE - 8;

  private final MemorySegment[] segments = new MemorySegment[1];
  // Asked for several times per record, so not by way of an array and a buffer.
  private MemorySegment segment;
  private int capacity;
  private ByteBuffer bytes;
  private CharBuffer evenChars;
  private CharBuffer oddChars;
  private boolean replaced;

  /** Creates a buffer of at least one byte. */
  public OffHeapBuffer(int capacity) {
    allocate(Math.max(1, capacity));
  }

  private void allocate(int capacity) {
    bytes = ByteBuffer.allocateDirect(capacity);
    segment = MemorySegmentFactory.wrapOffHeapMemory(bytes);
    segments[0] = segment;
    this.capacity = capacity;
    evenChars = bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN).asCharBuffer();
    oddChars = bytes.duplicate().position(1).slice().order(ByteOrder.LITTLE_ENDIAN).asCharBuffer();
  }

  /** Returns the memory as native code takes it; its position and limit mean nothing. */
  public ByteBuffer bytes() {
    return bytes;
  }

  /** Returns the memory for random access. */
  public MemorySegment segment() {
    return segment;
  }

  /** Returns {@link #segment} as the array of one that Flink's row views take. */
  MemorySegment[] segments() {
    return segments;
  }

  /** Returns the size in bytes. */
  public int capacity() {
    return capacity;
  }

  /**
   * Makes room for {@code length} bytes from the offset on. What the buffer holds is kept.
   *
   * @throws IllegalArgumentException when that is more than a buffer can hold, 2 GiB
   */
  public void reserve(int offset, long length) {
    if (offset + length > capacity) {
      grow(offset, length);
    }
  }

  private void grow(int offset, long length) {
    long needed = offset + length;
    if (needed > MAX_CAPACITY) {
      throw new IllegalArgumentException(
          String.format(
              "a record of %d bytes is too large: it must fit a buffer of %d bytes",
              length, MAX_CAPACITY));
    }
    MemorySegment old = segment;
    allocate((int) Math.min(MAX_CAPACITY, Long.highestOneBit(needed - 1) << 1));
    old.copyTo(0, segment, 0, old.size());
    replaced = true;
  }

  /** Returns whether the buffer was replaced by a larger one since the last time this was asked. */
  public boolean takeReplaced() {
    boolean result = replaced;
    replaced = false;
    return result;
  }

  /** Returns a view of the memory as UTF-16 in little-endian order, positioned at the offset. */
  CharBuffer chars(int offset) {
    CharBuffer chars = (offset & 1) == 0 ? evenChars : oddChars;
    return chars.clear().position(offset >> 1);
  }
}
