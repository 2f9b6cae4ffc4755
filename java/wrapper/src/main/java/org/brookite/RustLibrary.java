package org.brookite;

import java.nio.file.Path;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.brookite.library.LibraryReference;
import org.brookite.library.LibrarySource;
import org.brookite.library.OpenLibraries;
import org.brookite.operator.NativeStageFactory;
import org.brookite.operator.RustStageFactory;
import org.brookite.proto.Manifest;
import org.brookite.proto.PipelinePart;
import org.brookite.proto.StageSpec;

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
  private final StageSpec stageOptions;

  /** A library whose manifest and stages come from anywhere. */
  RustLibrary(String description, Manifest manifest, RustStageFactory stages) {
    this(description, manifest, stages, StageSpec.getDefaultInstance());
  }

  private RustLibrary(
      String description, Manifest manifest, RustStageFactory stages, StageSpec stageOptions) {
    this.description = description;
    this.manifest = manifest;
    this.stages = stages;
    this.stageOptions = stageOptions;
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

  /**
   * A library that is not opened while the job is built, so that none for this platform need be
   * there.
   *
   * @param manifest what it offers; the job fails when it is opened and offers something else
   * @throws RustJobException when it cannot be read, or there is none for any platform
   */
  public static RustLibrary unopened(LibrarySource source, Manifest manifest) {
    LibraryReference reference =
        OpenLibraries.reference(
            source, loader(), manifest.getCrateName(), manifest.getCrateVersion());
    return new RustLibrary(reference.toString(), manifest, new NativeStageFactory(reference));
  }

  /** The same library, whose functions are those of a pipeline: named by the uids of its nodes. */
  public RustLibrary ofPipeline(PipelinePart pipeline) {
    StageSpec options = StageSpec.newBuilder().setPipeline(pipeline).build();
    return new RustLibrary(description, manifest, stages, options);
  }

  private static ClassLoader loader() {
    ClassLoader context = Thread.currentThread().getContextClassLoader();
    return context != null ? context : RustLibrary.class.getClassLoader();
  }

  private static RustLibrary open(LibrarySource source) {
    OpenLibraries.Described library = OpenLibraries.describe(source, loader());
    LibraryReference reference = library.reference();
    return new RustLibrary(
        reference.toString(), library.manifest(), new NativeStageFactory(reference));
  }

  /** Begins a call of functions on the records of a stream; a keyed stream keeps its key. */
  public <T> RustInput<T> on(DataStream<T> stream) {
    return new RustInput<>(this, Records.whole(stream));
  }

  /**
   * Begins a call of functions on the second fields of a stream of pairs; a keyed stream keeps its
   * key, which in general is the first.
   *
   * @throws RustJobException when the stream's type is no tuple of two fields
   */
  public <A, T> RustInput<Tuple2<A, T>> onSecond(DataStream<Tuple2<A, T>> pairs) {
    return new RustInput<>(this, Records.second(pairs));
  }

  Manifest manifest() {
    return manifest;
  }

  /** What each stage of the library's functions is told. */
  StageSpec stageOptions() {
    return stageOptions;
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
