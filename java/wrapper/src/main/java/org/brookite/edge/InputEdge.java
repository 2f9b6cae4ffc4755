package org.brookite.edge;

import java.io.IOException;

/** Writes values for Rust to read. */
public interface InputEdge<T> {

  /**
   * Writes a value.
   *
   * @param value the value, never null
   * @param to the buffer, which grows as needed and keeps what is before {@code offset}
   * @param offset where the value begins
   * @return the number of bytes written
   */
  int write(T value, OffHeapBuffer to, int offset) throws IOException;
}
