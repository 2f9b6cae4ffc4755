package org.brookite.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** The views write and read what the JDK's own streams do. */
class OffHeapViewsTest {

  private static void writeAll(DataOutput output) throws IOException {
    output.writeBoolean(true);
    output.write(300);
    output.writeByte(-2);
    output.writeShort(-3);
    output.writeChar('ß');
    output.writeInt(-4);
    output.writeLong(-5);
    output.writeFloat(1.5f);
    output.writeDouble(-0.0);
    output.writeUTF("grün 猫 🐈\u0000");
    output.writeBytes("line\r\n");
    output.writeChars("hi");
    output.write(new byte[] {1, 2, 3});
    output.write(new byte[] {1, 2, 3, 4}, 1, 2);
  }

  private static void readAll(DataInput input) throws IOException {
    assertThat(input.readBoolean()).isTrue();
    assertThat(input.readUnsignedByte()).isEqualTo(300 & 0xff);
    assertThat(input.readByte()).isEqualTo((byte) -2);
    assertThat(input.readUnsignedShort()).isEqualTo(0x10000 - 3);
    assertThat(input.readChar()).isEqualTo('ß');
    assertThat(input.readInt()).isEqualTo(-4);
    assertThat(input.readLong()).isEqualTo(-5);
    assertThat(input.readFloat()).isEqualTo(1.5f);
    assertThat(Double.doubleToLongBits(input.readDouble())).isEqualTo(1L << 63);
    assertThat(input.readUTF()).isEqualTo("grün 猫 🐈\u0000");
    assertThat(input.readLine()).isEqualTo("line");
    assertThat(input.readShort()).isEqualTo((short) 'h');
    assertThat(input.skipBytes(2)).isEqualTo(2);
    byte[] rest = new byte[5];
    input.readFully(rest);
    assertThat(rest).containsExactly(1, 2, 3, 2, 3);
  }

  @Test
  void writesAsTheJdkDoes() throws IOException {
    ByteArrayOutputStream expected = new ByteArrayOutputStream();
    writeAll(new DataOutputStream(expected));
    OffHeapBuffer buffer = new OffHeapBuffer(1);
    OffHeapOutputView output = new OffHeapOutputView();
    output.begin(buffer, 3);
    writeAll(output);

    byte[] found = new byte[output.position() - 3];
    buffer.segment().get(3, found);
    assertThat(found).isEqualTo(expected.toByteArray());
  }

  @Test
  void readsWhatTheJdkWrites() throws IOException {
    ByteArrayOutputStream written = new ByteArrayOutputStream();
    writeAll(new DataOutputStream(written));
    readAll(view(written.toByteArray()));
  }

  @Test
  void endsWhereTheRecordEnds() throws IOException {
    OffHeapInputView input = view(new byte[] {1, 2, 3});
    assertThat(input.read(new byte[2])).isEqualTo(2);
    assertThat(input.read(new byte[2])).isEqualTo(1);
    assertThat(input.read(new byte[2])).isEqualTo(-1);
    assertThat(input.skipBytes(1)).isZero();
    assertThat(input.readLine()).isNull();
    assertThatThrownBy(input::readByte).hasMessageContaining("expected 1 more bytes, found 0");
    assertThatThrownBy(() -> input.skipBytesToRead(1)).hasMessageContaining("found 0");
  }

  @Test
  void copiesFromOneViewToAnother() throws IOException {
    OffHeapBuffer buffer = new OffHeapBuffer(1);
    OffHeapOutputView output = new OffHeapOutputView();
    output.begin(buffer, 0);
    output.skipBytesToWrite(2);
    output.write(view(new byte[] {4, 5}), 2);
    assertThat(output.position()).isEqualTo(4);
    assertThat(buffer.segment().getShortBigEndian(2)).isEqualTo((short) 0x0405);
  }

  private static OffHeapInputView view(byte[] bytes) {
    OffHeapBuffer buffer = new OffHeapBuffer(bytes.length + 20);
    buffer.segment().put(9, bytes);
    OffHeapInputView view = new OffHeapInputView();
    view.begin(buffer, 9, bytes.length);
    return view;
  }
}
