package org.brookite.edge;

import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Lets Flink's serializers write to a buffer. */
final class OffHeapOutputView extends OutputStream implements DataOutputView {

  private OffHeapBuffer buffer;
  private int position;

  /** Continues in that buffer, from that offset on. */
  void begin(OffHeapBuffer buffer, int offset) {
    this.buffer = buffer;
    this.position = offset;
  }

  /** Returns the offset of the next byte to be written. */
  int position() {
    return position;
  }

  private int advance(int length) {
    buffer.reserve(position, length);
    int begin = position;
    position += length;
    return begin;
  }

  @Override
  public void write(int b) {
    writeByte(b);
  }

  @Override
  public void write(byte[] bytes) {
    write(bytes, 0, bytes.length);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) {
    int at = advance(length);
    buffer.segment().put(at, bytes, offset, length);
  }

  @Override
  public void writeBoolean(boolean value) {
    int at = advance(Byte.BYTES);
    buffer.segment().putBoolean(at, value);
  }

  @Override
  public void writeByte(int value) {
    int at = advance(Byte.BYTES);
    buffer.segment().put(at, (byte) value);
  }

  @Override
  public void writeShort(int value) {
    int at = advance(Short.BYTES);
    buffer.segment().putShortBigEndian(at, (short) value);
  }

  @Override
  public void writeChar(int value) {
    int at = advance(Character.BYTES);
    buffer.segment().putCharBigEndian(at, (char) value);
  }

  @Override
  public void writeInt(int value) {
    int at = advance(Integer.BYTES);
    buffer.segment().putIntBigEndian(at, value);
  }

  @Override
  public void writeLong(long value) {
    int at = advance(Long.BYTES);
    buffer.segment().putLongBigEndian(at, value);
  }

  @Override
  public void writeFloat(float value) {
    writeInt(Float.floatToIntBits(value));
  }

  @Override
  public void writeDouble(double value) {
    writeLong(Double.doubleToLongBits(value));
  }

  @Override
  public void writeBytes(String text) {
    for (int i = 0; i < text.length(); i++) {
      writeByte(text.charAt(i));
    }
  }

  @Override
  public void writeChars(String text) {
    for (int i = 0; i < text.length(); i++) {
      writeChar(text.charAt(i));
    }
  }

  /** Java's modified UTF-8, which only the JDK should know how to write. */
  @Override
  public void writeUTF(String text) throws IOException {
    new DataOutputStream(this).writeUTF(text);
  }

  @Override
  public void skipBytesToWrite(int length) {
    advance(length);
  }

  @Override
  public void write(DataInputView source, int length) throws IOException {
    byte[] bytes = new byte[length];
    source.readFully(bytes);
    write(bytes);
  }
}
