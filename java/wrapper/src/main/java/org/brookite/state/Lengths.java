package org.brookite.state;

import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * How long stored values are: seven bits to a byte, the lowest first, in all bytes but the last
 * with the highest bit set.
 *
 * <p>Most values are small, and a store of many has room for more of them the smaller they are.
 */
final class Lengths {

  private static final int BITS = 7;
  private static final int MORE = 1 << BITS;

  private Lengths() {}

  static void write(int length, DataOutputView target) throws IOException {
    int rest = length;
    while (rest >= MORE) {
      target.writeByte(rest & MORE - 1 | MORE);
      rest >>>= BITS;
    }
    target.writeByte(rest);
  }

  static int read(DataInputView source) throws IOException {
    int length = 0;
    for (int shift = 0; shift < Integer.SIZE; shift += BITS) {
      int next = source.readUnsignedByte();
      length |= (next & MORE - 1) << shift;
      if (next < MORE) {
        return checked(length);
      }
    }
    throw new IOException("malformed length of a stored value: it does not end after 5 bytes");
  }

  private static int checked(int length) throws IOException {
    if (length < 0) {
      throw new IOException("malformed length of a stored value: " + length);
    }
    return length;
  }
}
