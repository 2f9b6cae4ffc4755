package org.brookite.library;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.brookite.RustJobException;
import org.brookite.bridge.Platform;

/**
 * Copies of libraries by content: {@code <root>/<sha-256>/<file name>}.
 *
 * <p>Processes share a cache without locks: a file appears under its final name whole or not at
 * all, and one that was damaged is replaced.
 */
final class LibraryCache {

  private final Path parent;
  private final String name;
  private final Platform platform;

  /** A cache for the given platform, in a private folder of that name inside {@code parent}. */
  LibraryCache(Path parent, String name, Platform platform) {
    this.parent = parent;
    this.name = name;
    this.platform = platform;
  }

  /** The cache of this user on this machine. */
  static LibraryCache ofThisUser() {
    String user = System.getProperty("user.name").replaceAll("[^A-Za-z0-9._-]", "_");
    Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
    return new LibraryCache(temporary, "brookite-" + user, Platform.current());
  }

  /**
   * Takes in the content that a source has now.
   *
   * @return the copy
   * @throws RustJobException when the source cannot be read or the copy not be written
   */
  CachedLibrary add(LibrarySource source, ClassLoader loader) {
    try {
      Path root = PrivateDirectory.in(parent, name);
      return copy(root, source, loader);
    } catch (IOException e) {
      throw new RustJobException(
          String.format("cannot use Rust library %s on %s: %s", source, platform, e.getMessage()),
          e);
    }
  }

  /**
   * Returns a copy of the library that a job was built with, taking it from the library's source
   * when this machine has none yet.
   *
   * @throws RustJobException when the source is missing, or has other content than the job was
   *     built with
   */
  Path require(LibraryReference reference, ClassLoader loader) {
    String hash = reference.hash(platform);
    try {
      Path root = PrivateDirectory.in(parent, name);
      Path file = root.resolve(hash).resolve(reference.source().fileName(platform));
      if (holds(file, hash)) {
        return file;
      }
      CachedLibrary found = copy(root, reference.source(), loader);
      if (!found.hash().equals(hash)) {
        throw new RustJobException(
            String.format(
                "%s is not the library that the job was built with:"
                    + " expected SHA-256 %s, found %s",
                reference, hash, found.hash()));
      }
      return found.path();
    } catch (IOException e) {
      String remedy =
          reference.source().isResource()
              ? ""
              : ". A library file must be at the same path on every machine;"
                  + " a job's jar brings it along when the job uses RustLibrary.resource";
      throw new RustJobException(
          String.format("cannot get %s for %s: %s%s", reference, platform, e.getMessage(), remedy),
          e);
    }
  }

  private CachedLibrary copy(Path root, LibrarySource source, ClassLoader loader)
      throws IOException {
    Path draft = Files.createTempFile(root, "draft-", "");
    try {
      String hash;
      try (InputStream content = source.open(platform, loader);
          OutputStream to = Files.newOutputStream(draft)) {
        hash = ContentHash.copy(content, to);
      }
      Path file = root.resolve(hash).resolve(source.fileName(platform));
      if (!holds(file, hash)) {
        Files.createDirectories(file.getParent());
        Files.move(
            draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      }
      return new CachedLibrary(file, hash);
    } finally {
      Files.deleteIfExists(draft);
    }
  }

  private static boolean holds(Path file, String hash) throws IOException {
    return Files.isRegularFile(file) && ContentHash.of(file).equals(hash);
  }
}
