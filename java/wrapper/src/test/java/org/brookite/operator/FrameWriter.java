package org.brookite.operator;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Writes frames as Rust does. */
final class FrameWriter {

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  FrameWriter record(byte[] record) {
    header(FrameReader.RECORD, record.length);
    bytes.writeBytes(record);
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
    bytes.writeBytes(
        ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN).putInt(number).array());
    return this;
  }

  byte[] take() {
    byte[] result = bytes.toByteArray();
    bytes.reset();
    return result;
  }
}
