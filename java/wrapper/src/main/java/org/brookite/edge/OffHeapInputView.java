package org.brookite.edge;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;

/** Lets Flink's serializers read one value from a buffer, and not beyond it. */
final class OffHeapInputView implements DataInputView {

  private OffHeapBuffer buffer;
  private int position;
  private int end;

  /** Continues in that buffer, with the {@code length} bytes from the offset on. */
  void begin(OffHeapBuffer buffer, int offset, int length) {
    this.buffer = buffer;
    this.position = offset;
    this.end = offset + length;
  }

  /** Returns how many bytes are left. */
  int remaining() {
    return end - position;
  }

  private int advance(int length) throws EOFException {
    if (length > remaining()) {
      throw new EOFException(
          String.format(
              "malformed record from Rust: expected %d more bytes, found %d", length, remaining()));
    }
    int begin = position;
    position += length;
    return begin;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    if (length > 0 && remaining() == 0) {
      return -1;
    }
    int count = Math.min(length, remaining());
    readFully(into, offset, count);
    return count;
  }

  @Override
  public int read(byte[] into) throws IOException {
    return read(into, 0, into.length);
  }

  @Override
  public void readFully(byte[] into) throws IOException {
    readFully(into, 0, into.length);
  }

  @Override
  public void readFully(byte[] into, int offset, int length) throws IOException {
    int at = advance(length);
    buffer.segment().get(at, into, offset, length);
  }

  @Override
  public int skipBytes(int length) throws IOException {
    int count = Math.min(length, remaining());
    advance(count);
    return count;
  }

  @Override
  public void skipBytesToRead(int length) throws IOException {
    advance(length);
  }

  @Override
  public boolean readBoolean() throws IOException {
    return readByte() != 0;
  }

  @Override
  public byte readByte() throws IOException {
    int at = advance(Byte.BYTES);
    return buffer.segment().get(at);
  }

  @Override
  public int readUnsignedByte() throws IOException {
    return Byte.toUnsignedInt(readByte());
  }

  @Override
  public short readShort() throws IOException {
    int at = advance(Short.BYTES);
    return buffer.segment().getShortBigEndian(at);
  }

  @Override
  public int readUnsignedShort() throws IOException {
    return Short.toUnsignedInt(readShort());
  }

  @Override
  public char readChar() throws IOException {
    int at = advance(Character.BYTES);
    return buffer.segment().getCharBigEndian(at);
  }

  @Override
  public int readInt() throws IOException {
    int at = advance(Integer.BYTES);
    return buffer.segment().getIntBigEndian(at);
  }

  @Override
  public long readLong() throws IOException {
    int at = advance(Long.BYTES);
    return buffer.segment().getLongBigEndian(at);
  }

  @Override
  public float readFloat() throws IOException {
    return Float.intBitsToFloat(readInt());
  }

  @Override
  public double readDouble() throws IOException {
    return Double.longBitsToDouble(readLong());
  }

  @Override
  public String readLine() throws IOException {
    if (remaining() == 0) {
      return null;
    }
    StringBuilder line = new StringBuilder();
    while (remaining() > 0) {
      int next = readUnsignedByte();
      if (next == '\n') {
        break;
      }
      if (next != '\r') {
        line.append((char) next);
      }
    }
    return line.toString();
  }

  @Override
  public String readUTF() throws IOException {
    return DataInputStream.readUTF(this);
  }
}
