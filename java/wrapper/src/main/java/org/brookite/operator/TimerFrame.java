package org.brookite.operator;

import java.io.IOException;
import org.apache.flink.core.memory.MemorySegment;

/** A timer to register or delete, where it stands in the out buffer. */
final class TimerFrame {

  static final int HEADER = 4 * Integer.BYTES + Long.BYTES;

  private static final int REGISTER = 0;
  private static final int DELETE = 1;

  private boolean delete;
  private boolean eventTime;
  private long time;
  private int keyOffset;
  private int keyLength;
  private int namespaceLength;

  /** Turns to the frame whose payload begins there. */
  void read(MemorySegment bytes, int payload, int size, int length) throws IOException {
    FrameReader.check(size >= HEADER, "a timer header", payload, length);
    int command = bytes.getIntLittleEndian(payload);
    int domain = bytes.getIntLittleEndian(payload + Integer.BYTES);
    time = bytes.getLongLittleEndian(payload + 2 * Integer.BYTES);
    keyLength = bytes.getIntLittleEndian(payload + 2 * Integer.BYTES + Long.BYTES);
    namespaceLength = bytes.getIntLittleEndian(payload + 3 * Integer.BYTES + Long.BYTES);
    FrameReader.check(
        command == REGISTER || command == DELETE, "timer command 0 or 1", payload, length);
    FrameReader.check(
        domain == RustStage.EVENT_TIME || domain == RustStage.PROCESSING_TIME,
        "time domain 0 or 1",
        payload,
        length);
    delete = command == DELETE;
    eventTime = domain == RustStage.EVENT_TIME;
    keyOffset = payload + HEADER;
    boolean positive = (keyLength | namespaceLength) >= 0;
    FrameReader.check(
        positive && (long) keyLength + namespaceLength == size - HEADER,
        "key and namespace of a timer",
        payload,
        length);
  }

  /** Whether the timer is to be deleted, and not registered. */
  boolean delete() {
    return delete;
  }

  /** Whether the timer is of event time, and not of processing time. */
  boolean eventTime() {
    return eventTime;
  }

  /** When it fires, in milliseconds since the epoch. */
  long time() {
    return time;
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
}
