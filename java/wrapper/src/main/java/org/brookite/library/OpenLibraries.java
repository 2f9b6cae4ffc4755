package org.brookite.library;

import com.google.protobuf.InvalidProtocolBufferException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.brookite.RustFunctionException;
import org.brookite.RustJobException;
import org.brookite.bridge.BridgeLoader;
import org.brookite.bridge.BridgeUnavailableException;
import org.brookite.bridge.NativeBridge;
import org.brookite.bridge.NativeFailure;
import org.brookite.bridge.Platform;
import org.brookite.proto.Failure;
import org.brookite.proto.Manifest;
import org.brookite.proto.PipelineCall;

/**
 * The libraries that this class loader has open, each once.
 *
 * <p>They stay open: threads of a plugin may outlive the job that started them.
 */
public final class OpenLibraries {

  private static final Map<String, Long> HANDLE_BY_HASH = new HashMap<>();

  private OpenLibraries() {}

  /** A library that has been opened while a job is built. */
  public static final class Described {

    private final LibraryReference reference;
    private final Manifest manifest;

    /** Joins what names a library and what it offers. */
    public Described(LibraryReference reference, Manifest manifest) {
      this.reference = reference;
      this.manifest = manifest;
    }

    /** What names the library in the job graph. */
    public LibraryReference reference() {
      return reference;
    }

    /** What the library offers. */
    public Manifest manifest() {
      return manifest;
    }
  }

  /**
   * Opens a library while a job is built, and reads its manifest.
   *
   * @throws RustJobException when it cannot be read or is no plugin for this version
   */
  public static Described describe(LibrarySource source, ClassLoader loader) {
    CachedLibrary library = LibraryCache.ofThisUser().add(source, loader);
    long handle = open(library.path(), library.hash(), source.toString());
    Manifest manifest = manifest(handle, source.toString());
    TreeMap<String, String> hashes = PlatformHashes.of(source, loader);
    hashes.put(Platform.current().toString(), library.hash());
    return new Described(
        new LibraryReference(source, hashes, manifest.getCrateName(), manifest.getCrateVersion()),
        manifest);
  }

  /**
   * Has a library build a pipeline, while a job is built.
   *
   * @return the graph, encoded
   * @throws RustJobException when the library cannot be opened
   * @throws RustFunctionException when it has no such pipeline, or the program that builds it fails
   */
  public static byte[] pipeline(LibrarySource source, ClassLoader loader, PipelineCall call) {
    CachedLibrary library = LibraryCache.ofThisUser().add(source, loader);
    long handle = open(library.path(), library.hash(), source.toString());
    try {
      return NativeBridge.describePipeline(handle, call.toByteArray());
    } catch (NativeFailure e) {
      throw RustFunctionException.fromReport(e.report());
    }
  }

  /**
   * Names a library without opening it.
   *
   * @throws RustJobException when it cannot be read, or there is none for any platform
   */
  public static LibraryReference reference(
      LibrarySource source, ClassLoader loader, String crateName, String crateVersion) {
    TreeMap<String, String> hashes = PlatformHashes.of(source, loader);
    if (hashes.isEmpty()) {
      // A file, or what says where a resource was looked for.
      CachedLibrary library = LibraryCache.ofThisUser().add(source, loader);
      hashes.put(Platform.current().toString(), library.hash());
    }
    return new LibraryReference(source, hashes, crateName, crateVersion);
  }

  /**
   * Opens a library that a job was built with.
   *
   * @param loader has the library when it is a resource: the job's class loader
   * @return the library's handle
   * @throws RustJobException when it is not here, or not the same
   */
  public static synchronized long open(LibraryReference reference, ClassLoader loader) {
    String hash = reference.hash(Platform.current());
    Long handle = HANDLE_BY_HASH.get(hash);
    if (handle != null) {
      return handle;
    }
    Path path = LibraryCache.ofThisUser().require(reference, loader);
    return open(path, hash, reference.toString());
  }

  private static synchronized long open(Path path, String hash, String described) {
    try {
      BridgeLoader.load();
      return HANDLE_BY_HASH.computeIfAbsent(
          hash, absent -> NativeBridge.openLibrary(path.toString()));
    } catch (BridgeUnavailableException e) {
      throw new RustJobException(e.getMessage(), e);
    } catch (NativeFailure e) {
      throw refused(described, e);
    }
  }

  private static Manifest manifest(long handle, String described) {
    try {
      return Manifest.parseFrom(NativeBridge.manifest(handle));
    } catch (NativeFailure e) {
      throw refused(described, e);
    } catch (InvalidProtocolBufferException e) {
      throw new RustJobException("the manifest of Rust library " + described + " is damaged", e);
    }
  }

  private static RustJobException refused(String described, NativeFailure refusal) {
    try {
      Failure failure = Failure.parseFrom(refusal.report());
      String causes = String.join(": ", failure.getCausesList());
      return new RustJobException(
          String.format(
              "cannot open Rust library %s: %s%s",
              described, failure.getMessage(), causes.isEmpty() ? "" : ": " + causes),
          refusal);
    } catch (InvalidProtocolBufferException e) {
      return new RustJobException("cannot open Rust library " + described, refusal);
    }
  }
}
