package org.brookite.operator;

import java.io.IOException;
import org.apache.flink.core.memory.MemorySegment;
import org.brookite.bridge.StageHost;

/**
 * A change of state, where it stands in the out buffer. Parts that the change does not have are of
 * length 0.
 */
final class StateFrame {

  static final int HEADER = 6 * Integer.BYTES;

  private int state;
  private int change;
  private int keyOffset;
  private int keyLength;
  private int namespaceLength;
  private int entryLength;
  private int valueLength;

  /** Turns to the frame whose payload begins there. */
  void read(MemorySegment bytes, int payload, int size, int length) throws IOException {
    FrameReader.check(size >= HEADER, "a state header", payload, length);
    state = bytes.getIntLittleEndian(payload);
    change = bytes.getIntLittleEndian(payload + Integer.BYTES);
    keyLength = bytes.getIntLittleEndian(payload + 2 * Integer.BYTES);
    namespaceLength = bytes.getIntLittleEndian(payload + 3 * Integer.BYTES);
    entryLength = bytes.getIntLittleEndian(payload + 4 * Integer.BYTES);
    valueLength = bytes.getIntLittleEndian(payload + 5 * Integer.BYTES);
    keyOffset = payload + HEADER;
    boolean positive = (keyLength | namespaceLength | entryLength | valueLength) >= 0;
    long content = (long) keyLength + namespaceLength + entryLength + valueLength;
    FrameReader.check(
        positive && content == size - HEADER, "the parts of a change of state", payload, length);
  }

  /** The state's id. */
  int state() {
    return state;
  }

  /** One of {@link StageHost}'s {@code CHANGE_} constants. */
  int change() {
    return change;
  }

  /** The key, in the encoding of the key edge. */
  int keyOffset() {
    return keyOffset;
  }

  int keyLength() {
    return keyLength;
  }

  int namespaceOffset() {
    return keyOffset + keyLength;
  }

  int namespaceLength() {
    return namespaceLength;
  }

  /** The key of the entry of a map. */
  int entryOffset() {
    return namespaceOffset() + namespaceLength;
  }

  int entryLength() {
    return entryLength;
  }

  int valueOffset() {
    return entryOffset() + entryLength;
  }

  int valueLength() {
    return valueLength;
  }
}
