package org.brookite.edge;

import java.io.IOException;

/** Reads values that Rust has written. */
public interface OutputEdge<T> {

  /**
   * Reads a value.
   *
   * @param from the buffer
   * @param offset where the value begins
   * @param length how many bytes it has
   * @return the value, never null
   * @throws IOException when the bytes are no such value
   */
  T read(OffHeapBuffer from, int offset, int length) throws IOException;
}
