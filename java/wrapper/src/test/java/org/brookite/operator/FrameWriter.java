package org.brookite.operator;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Writes frames as Rust does. */
final class FrameWriter {

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private byte[] soleRecord;

  FrameWriter record(byte[] record) {
    boolean first = bytes.size() == 0;
    header(FrameReader.RECORD, record.length);
    bytes.writeBytes(record);
    soleRecord = first ? record : null;
    return this;
  }

  /** A change of state; a null value clears it. */
  FrameWriter state(int state, byte[] key, byte[] value) {
    int length = value == null ? 0 : value.length;
    header(FrameReader.STATE, FrameReader.STATE_HEADER + key.length + length);
    number(state);
    number(key.length);
    number(value == null ? FrameReader.CLEARED : length);
    bytes.writeBytes(key);
    if (value != null) {
      bytes.writeBytes(value);
    }
    return this;
  }

  private void header(int kind, int length) {
    number(kind);
    number(length);
  }

  FrameWriter number(int number) {
    soleRecord = null;
    bytes.writeBytes(
        ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN).putInt(number).array());
    return this;
  }

  /** Returns the record when there is one and nothing else, otherwise null. */
  byte[] soleRecord() {
    return soleRecord;
  }

  byte[] take() {
    byte[] result = bytes.toByteArray();
    bytes.reset();
    soleRecord = null;
    return result;
  }
}
