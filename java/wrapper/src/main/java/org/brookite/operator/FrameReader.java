package org.brookite.operator;

import java.io.IOException;
import org.apache.flink.core.memory.MemorySegment;
import org.brookite.edge.OffHeapBuffer;

/**
 * Takes the output of a stage apart, frame by frame.
 *
 * <p>All numbers are in little-endian order and of 32 bits, unless another width is given. A frame
 * is its kind, the length of its payload, and the payload:
 *
 * <ul>
 *   <li>kind 0, a record: the record in the encoding of the output edge;
 *   <li>kind 1, a change of state: id of the state, the change, the lengths of key, namespace,
 *       entry and value, then these four;
 *   <li>kind 2, a timer: 0 to register it or 1 to delete it, 0 for event time or 1 for processing
 *       time, the time (64 bits), the lengths of key and namespace, then these two;
 *   <li>kind 3, a record for a side output: index of the side output, the record in the encoding of
 *       its edge;
 *   <li>kind 4, a record with a timestamp of its own: the timestamp (64 bits), the record as in
 *       kind 0.
 * </ul>
 */
final class FrameReader {

  static final int RECORD = 0;
  static final int STATE = 1;
  static final int TIMER = 2;
  static final int SIDE_RECORD = 3;
  static final int TIMED_RECORD = 4;

  static final int HEADER = 2 * Integer.BYTES;

  // One for all frames of a kind: nothing is allocated per frame.
  private final StateFrame stateFrame = new StateFrame();
  private final TimerFrame timerFrame = new TimerFrame();

  /**
   * Receives frames, in order. Offsets are into the buffer; a frame that is an object is another
   * one's with the next call.
   */
  interface Consumer {

    void record(int offset, int length) throws IOException;

    void state(StateFrame frame) throws IOException;

    void timer(TimerFrame frame) throws IOException;

    void sideRecord(int output, int offset, int length) throws IOException;

    void timedRecord(long timestamp, int offset, int length) throws IOException;
  }

  /**
   * Reads frames.
   *
   * @param length how many bytes of the buffer they take
   * @throws IOException when the bytes are no frames, or the consumer throws it
   */
  void read(OffHeapBuffer from, int length, Consumer consumer) throws IOException {
    int position = 0;
    while (position < length) {
      MemorySegment bytes = from.segment();
      check(length - position >= HEADER, "a header", position, length);
      int kind = bytes.getIntLittleEndian(position);
      int size = bytes.getIntLittleEndian(position + Integer.BYTES);
      int payload = position + HEADER;
      check(size >= 0 && size <= length - payload, "a payload", position, length);
      switch (kind) {
        case RECORD:
          consumer.record(payload, size);
          break;
        case STATE:
          stateFrame.read(bytes, payload, size, length);
          consumer.state(stateFrame);
          break;
        case TIMER:
          timerFrame.read(bytes, payload, size, length);
          consumer.timer(timerFrame);
          break;
        case SIDE_RECORD:
          check(size >= Integer.BYTES, "the index of a side output", payload, length);
          consumer.sideRecord(
              bytes.getIntLittleEndian(payload), payload + Integer.BYTES, size - Integer.BYTES);
          break;
        case TIMED_RECORD:
          check(size >= Long.BYTES, "a timestamp", payload, length);
          consumer.timedRecord(
              bytes.getLongLittleEndian(payload), payload + Long.BYTES, size - Long.BYTES);
          break;
        default:
          check(false, "a frame of kind 0 to 4", position, length);
      }
      position = payload + size;
    }
  }

  static void check(boolean sound, String expected, int position, int length) throws IOException {
    if (!sound) {
      throw new IOException(
          String.format(
              "malformed output from Rust: expected %s at byte %d of %d",
              expected, position, length));
    }
  }
}
