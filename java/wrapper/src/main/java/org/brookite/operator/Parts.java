package org.brookite.operator;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.brookite.state.MapKey;

/**
 * Several byte arrays as one: each is its length, 32 bits in little-endian order, and its bytes.
 */
final class Parts {

  private Parts() {}

  /**
   * Joins the parts; returns null when there is none.
   *
   * @throws IllegalStateException when they do not fit an array, 2 GiB
   */
  static byte[] join(List<byte[]> parts) {
    if (parts.isEmpty()) {
      return null;
    }
    long length = 0;
    for (byte[] part : parts) {
      length += Integer.BYTES + part.length;
    }
    if (length > Integer.MAX_VALUE - 8) {
      throw new IllegalStateException(
          String.format(
              "a state of %d bytes is too large to be read at once: it must fit an array of 2 GiB;"
                  + " spread it over more keys, or over the entries of a map that are read one by one",
              length));
    }
    ByteBuffer joined = ByteBuffer.allocate((int) length).order(ByteOrder.LITTLE_ENDIAN);
    for (byte[] part : parts) {
      joined.putInt(part.length).put(part);
    }
    return joined.array();
  }

  /** Takes joined parts apart. */
  static List<byte[]> split(byte[] joined) {
    ByteBuffer rest = ByteBuffer.wrap(joined).order(ByteOrder.LITTLE_ENDIAN);
    List<byte[]> parts = new ArrayList<>();
    while (rest.hasRemaining()) {
      byte[] part = new byte[rest.getInt()];
      rest.get(part);
      parts.add(part);
    }
    return parts;
  }

  /** Joins the entries of a map, each its key and its value; returns null when there is none. */
  static byte[] join(Iterable<Map.Entry<MapKey, byte[]>> entries) {
    List<byte[]> parts = new ArrayList<>();
    for (Map.Entry<MapKey, byte[]> entry : entries) {
      parts.add(entry.getKey().bytes());
      parts.add(entry.getValue());
    }
    return join(parts);
  }
}
