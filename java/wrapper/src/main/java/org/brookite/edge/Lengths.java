package org.brookite.edge;

import java.io.IOException;

/** Checks the length of values whose length is known. */
final class Lengths {

  private Lengths() {}

  static void check(String type, int expected, int found) throws IOException {
    if (found != expected) {
      throw new IOException(
          String.format(
              "malformed %s from Rust: expected %d bytes, found %d", type, expected, found));
    }
  }
}
