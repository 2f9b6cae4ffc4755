package org.brookite.pipeline;

import java.nio.file.Path;
import org.brookite.library.LibrarySource;

/** The library that has a pipeline's functions, which is not opened while the job is built. */
public final class PipelineLibrary {

  private final LibrarySource source;
  private final String crateName;
  private final String crateVersion;

  private PipelineLibrary(LibrarySource source, String crateName, String crateVersion) {
    this.source = source;
    this.crateName = crateName;
    this.crateVersion = crateVersion;
  }

  /**
   * A library in the job's jar.
   *
   * @param description its name, as in {@code native/<os>-<arch>/lib<name>.so}, and perhaps behind
   *     a space the version of its crate
   */
  static PipelineLibrary resource(String description) {
    String[] words = description.trim().split("\\s+", 2);
    return new PipelineLibrary(
        LibrarySource.resource(words[0]), words[0], words.length > 1 ? words[1] : "");
  }

  /** A library file, which every machine has at the same path. */
  public static PipelineLibrary file(Path file) {
    return new PipelineLibrary(LibrarySource.file(file), file.getFileName().toString(), "");
  }

  LibrarySource source() {
    return source;
  }

  String crateName() {
    return crateName;
  }

  String crateVersion() {
    return crateVersion;
  }
}
