package org.brookite.library;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import org.brookite.bridge.Platform;

/** Where a plugin library comes from: a file, or a resource per platform on the class path. */
public final class LibrarySource implements Serializable {

  private static final long serialVersionUID = 1L;

  private final boolean resource;
  private final String location;

  private LibrarySource(boolean resource, String location) {
    this.resource = resource;
    this.location = location;
  }

  /** A file, which every machine that lacks a copy must have at the same path. */
  public static LibrarySource file(Path path) {
    return new LibrarySource(false, path.toAbsolutePath().normalize().toString());
  }

  /** A library of that name on the class path, see {@link Platform#resource}. */
  public static LibrarySource resource(String name) {
    return new LibrarySource(true, name);
  }

  /** Whether the library may differ from platform to platform. */
  boolean isResource() {
    return resource;
  }

  /** Returns the name of the library's file. */
  String fileName(Platform platform) {
    String path = resource ? platform.resource(location) : location.replace('\\', '/');
    return path.substring(path.lastIndexOf('/') + 1);
  }

  /**
   * Opens the library's content.
   *
   * @throws FileNotFoundException when there is none for the platform; the message says where it
   *     was looked for
   */
  InputStream open(Platform platform, ClassLoader loader) throws IOException {
    if (!resource) {
      Path path = Path.of(location);
      if (!Files.isRegularFile(path)) {
        throw new FileNotFoundException("there is no file " + location);
      }
      return Files.newInputStream(path);
    }
    InputStream content = loader.getResourceAsStream(platform.resource(location));
    if (content == null) {
      throw new FileNotFoundException(
          String.format("there is no %s on the class path", platform.resource(location)));
    }
    return content;
  }

  @Override
  public String toString() {
    return resource ? "resource " + location : location;
  }
}
