package org.brookite;

import java.nio.file.Path;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.brookite.library.LibraryReference;
import org.brookite.library.LibrarySource;
import org.brookite.library.OpenLibraries;
import org.brookite.operator.NativeStageFactory;
import org.brookite.operator.RustStageFactory;
import org.brookite.proto.Manifest;

/**
 * A library of Rust functions, for use in a Flink job.
 *
 * <pre>{@code
 * RustLibrary library = RustLibrary.at(Path.of("target/release/libword_count.so"));
 * DataStream<String> words = library.on(lines).call("split").as(Types.STRING);
 * }</pre>
 *
 * <p>The library is opened while the job is built, to check what the job asks of it. The job then
 * uses that very content: on every machine it is recognised by its SHA-256.
 */
public final class RustLibrary {

  private final String description;
  private final Manifest manifest;
  private final RustStageFactory stages;

  /** A library whose manifest and stages come from anywhere. */
  RustLibrary(String description, Manifest manifest, RustStageFactory stages) {
    this.description = description;
    this.manifest = manifest;
    this.stages = stages;
  }

  /**
   * Opens a library file. Every TaskManager must find it at the same path, unless it has run a job
   * with the same content before.
   *
   * @throws RustJobException when there is no such file or it is no library of Rust functions for
   *     this version and platform
   */
  public static RustLibrary at(Path file) {
    return open(LibrarySource.file(file));
  }

  /**
   * Opens a library on the class path, in general from the job's jar: {@code
   * native/<os>-<arch>/lib<name>.so}, with {@code os} one of {@code linux} and {@code macos},
   * {@code arch} one of {@code x86_64} and {@code aarch64}, and {@code .dylib} on macOS.
   *
   * @throws RustJobException when there is none for this platform or it is no library of Rust
   *     functions for this version
   */
  public static RustLibrary resource(String name) {
    return open(LibrarySource.resource(name));
  }

  private static RustLibrary open(LibrarySource source) {
    ClassLoader context = Thread.currentThread().getContextClassLoader();
    ClassLoader loader = context != null ? context : RustLibrary.class.getClassLoader();
    OpenLibraries.Described library = OpenLibraries.describe(source, loader);
    LibraryReference reference = library.reference();
    return new RustLibrary(
        reference.toString(), library.manifest(), new NativeStageFactory(reference));
  }

  /** Begins a call of functions on the records of a stream; a keyed stream keeps its key. */
  public <T> RustInput<T> on(DataStream<T> stream) {
    return new RustInput<>(this, stream);
  }

  Manifest manifest() {
    return manifest;
  }

  RustStageFactory stages() {
    return stages;
  }

  /** Describes the library for messages: crate, version and where it came from. */
  @Override
  public String toString() {
    return description;
  }
}
