package org.brookite.library;

import java.io.Serializable;
import java.util.TreeMap;
import org.brookite.RustJobException;
import org.brookite.bridge.Platform;

/**
 * Names one library in the job graph: where it came from, the SHA-256 of its content per platform,
 * and the name and version of the crate.
 */
public final class LibraryReference implements Serializable {

  private static final long serialVersionUID = 1L;

  private final LibrarySource source;
  private final TreeMap<String, String> hashes;
  private final String crateName;
  private final String crateVersion;

  /**
   * Creates a reference.
   *
   * @param hashes the SHA-256 in hexadecimal of the library's content, by platform
   */
  public LibraryReference(
      LibrarySource source, TreeMap<String, String> hashes, String crateName, String crateVersion) {
    this.source = source;
    this.hashes = hashes;
    this.crateName = crateName;
    this.crateVersion = crateVersion;
  }

  LibrarySource source() {
    return source;
  }

  /**
   * Returns the SHA-256 of the library's content for a platform.
   *
   * @throws RustJobException when the job was built without a library for it
   */
  String hash(Platform platform) {
    String hash = hashes.get(platform.toString());
    if (hash == null) {
      throw new RustJobException(
          String.format(
              "no build of %s for %s: when the job was built there was one for %s",
              this, platform, String.join(", ", hashes.keySet())));
    }
    return hash;
  }

  /** Describes the library for messages, as in {@code word_count 0.1.0 (target/libx.so)}. */
  @Override
  public String toString() {
    return String.format("%s %s (%s)", crateName, crateVersion, source);
  }
}
