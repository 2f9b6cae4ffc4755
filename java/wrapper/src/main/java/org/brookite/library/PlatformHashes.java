package org.brookite.library;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.TreeMap;
import org.brookite.RustJobException;
import org.brookite.bridge.Platform;

/**
 * The hashes of a library for the platforms that a jar brings: a job may be built on one and run on
 * another.
 */
final class PlatformHashes {

  private PlatformHashes() {}

  /** Returns hashes by platform; none for a file, which is what it is on every machine. */
  static TreeMap<String, String> of(LibrarySource source, ClassLoader loader) {
    TreeMap<String, String> hashes = new TreeMap<>();
    if (!source.isResource()) {
      return hashes;
    }
    for (Platform platform : Platform.KNOWN) {
      try (InputStream content = source.open(platform, loader)) {
        hashes.put(platform.toString(), ContentHash.of(content));
      } catch (FileNotFoundException e) {
        // The jar has no build for this platform, which a job need not run on.
      } catch (IOException e) {
        throw new RustJobException(
            String.format("cannot read Rust library %s for %s: %s", source, platform, e), e);
      }
    }
    return hashes;
  }
}
