package org.brookite.state;

import java.util.Arrays;
import java.util.Objects;

/** A key of a map state: bytes that Rust alone understands, equal when they are the same. */
public final class MapKey {

  private final byte[] bytes;

  /** Creates the key; the bytes must not be changed afterwards. */
  public MapKey(byte[] bytes) {
    this.bytes = Objects.requireNonNull(bytes);
  }

  /** Returns the bytes, which must not be changed. */
  public byte[] bytes() {
    return bytes;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof MapKey && Arrays.equals(bytes, ((MapKey) other).bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return Arrays.toString(bytes);
  }
}
