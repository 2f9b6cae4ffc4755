package org.brookite.edge;

import java.nio.CharBuffer;

/**
 * STRING records on their way in: UTF-16 in little-endian order, as the JVM holds them.
 *
 * <p>Two block copies, both vectorised; turning UTF-16 into UTF-8 is faster in Rust, which must
 * check for lone surrogates anyway.
 */
final class StringInputEdge implements InputEdge<String> {

  /** So many at a time: what a first-level cache holds easily. */
  private static final int CHUNK = 4096;

  private final char[] chars = new char[CHUNK];

  @Override
  public int write(String value, OffHeapBuffer to, int offset) {
    int length = value.length();
    to.reserve(offset, 2L * length);
    CharBuffer target = to.chars(offset);
    for (int begin = 0; begin < length; begin += CHUNK) {
      int end = Math.min(length, begin + CHUNK);
      value.getChars(begin, end, chars, 0);
      target.put(chars, 0, end - begin);
    }
    return 2 * length;
  }
}
