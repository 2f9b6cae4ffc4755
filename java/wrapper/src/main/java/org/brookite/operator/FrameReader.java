package org.brookite.operator;

import java.io.IOException;
import org.apache.flink.core.memory.MemorySegment;
import org.brookite.edge.OffHeapBuffer;

/**
 * Takes the output of a stage apart, frame by frame.
 *
 * <p>All numbers are 32 bits in little-endian order. A frame is its kind, the length of its
 * payload, and the payload:
 *
 * <ul>
 *   <li>kind 0, a record: the record in the encoding of the output edge;
 *   <li>kind 1, a change of state: id of the state, length of the key, length of the value or -1
 *       for a state that is cleared, the key in the encoding of the key edge, the value.
 * </ul>
 */
final class FrameReader {

  static final int RECORD = 0;
  static final int STATE = 1;

  static final int HEADER = 2 * Integer.BYTES;
  static final int STATE_HEADER = 3 * Integer.BYTES;

  /** Length of the value of a state that is cleared. */
  static final int CLEARED = -1;

  private FrameReader() {}

  /** Receives frames, in order. Offsets are into the buffer. */
  interface Consumer {

    void record(int offset, int length) throws IOException;

    /** A change of state; {@code valueLength} is {@link #CLEARED} when there is no value now. */
    void state(int state, int keyOffset, int keyLength, int valueOffset, int valueLength)
        throws IOException;
  }

  /**
   * Reads frames.
   *
   * @param length how many bytes of the buffer they take
   * @throws IOException when the bytes are no frames, or the consumer throws it
   */
  static void read(OffHeapBuffer from, int length, Consumer consumer) throws IOException {
    int position = 0;
    while (position < length) {
      MemorySegment bytes = from.segment();
      check(length - position >= HEADER, "a header", position, length);
      int kind = bytes.getIntLittleEndian(position);
      int size = bytes.getIntLittleEndian(position + Integer.BYTES);
      int payload = position + HEADER;
      check(size >= 0 && size <= length - payload, "a payload", position, length);
      if (kind == RECORD) {
        consumer.record(payload, size);
      } else {
        check(kind == STATE, "a frame of kind 0 or 1", position, length);
        state(bytes, payload, size, length, consumer);
      }
      position = payload + size;
    }
  }

  private static void state(
      MemorySegment bytes, int payload, int size, int length, Consumer consumer)
      throws IOException {
    check(size >= STATE_HEADER, "a state header", payload, length);
    int state = bytes.getIntLittleEndian(payload);
    int keyLength = bytes.getIntLittleEndian(payload + Integer.BYTES);
    int valueLength = bytes.getIntLittleEndian(payload + 2 * Integer.BYTES);
    long content = (long) keyLength + Math.max(0, valueLength);
    check(
        keyLength >= 0 && valueLength >= CLEARED && content == size - STATE_HEADER,
        "key and value",
        payload,
        length);
    int key = payload + STATE_HEADER;
    consumer.state(state, key, keyLength, key + keyLength, valueLength);
  }

  private static void check(boolean sound, String expected, int position, int length)
      throws IOException {
    if (!sound) {
      throw new IOException(
          String.format(
              "malformed output from Rust: expected %s at byte %d of %d",
              expected, position, length));
    }
  }
}
