package org.brookite.edge;

import java.io.IOException;
import java.nio.CharBuffer;

/** STRING keys on their way back: the bytes that {@link StringInputEdge} wrote. */
final class StringKeyEdge implements OutputEdge<String> {

  private char[] chars = new char[64];

  @Override
  public String read(OffHeapBuffer from, int offset, int length) throws IOException {
    if (length % 2 != 0) {
      throw new IOException("malformed STRING key from Rust: half a UTF-16 unit at its end");
    }
    int count = length / 2;
    if (count > chars.length) {
      chars = new char[Math.max(count, 2 * chars.length)];
    }
    CharBuffer source = from.chars(offset);
    source.get(chars, 0, count);
    return new String(chars, 0, count);
  }
}
