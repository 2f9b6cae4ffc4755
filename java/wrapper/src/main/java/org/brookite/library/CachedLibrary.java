package org.brookite.library;

import java.nio.file.Path;

/** A library's copy in the cache. */
final class CachedLibrary {

  private final Path path;
  private final String hash;

  CachedLibrary(Path path, String hash) {
    this.path = path;
    this.hash = hash;
  }

  Path path() {
    return path;
  }

  /** The SHA-256 of its content, in hexadecimal. */
  String hash() {
    return hash;
  }
}
