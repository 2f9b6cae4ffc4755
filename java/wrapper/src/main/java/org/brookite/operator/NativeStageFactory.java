package org.brookite.operator;

import java.util.Objects;
import org.brookite.RustFunctionException;
import org.brookite.bridge.NativeBridge;
import org.brookite.bridge.NativeFailure;
import org.brookite.bridge.StageHost;
import org.brookite.library.LibraryReference;
import org.brookite.library.OpenLibraries;
import org.brookite.proto.StageSpec;

/** Opens stages of a plugin library, in this process. */
public final class NativeStageFactory implements RustStageFactory {

  private static final long serialVersionUID = 1L;

  private final LibraryReference library;

  /** Creates the factory of stages whose functions are in the library. */
  public NativeStageFactory(LibraryReference library) {
    this.library = Objects.requireNonNull(library);
  }

  @Override
  public RustStage open(
      StageSpec spec, StageHost host, StageBuffers buffers, ClassLoader userCode) {
    long handle = OpenLibraries.open(library, userCode);
    try {
      return new NativeStage(
          NativeBridge.openStage(
              handle, spec.toByteArray(), host, buffers.in().bytes(), buffers.out().bytes()));
    } catch (NativeFailure e) {
      throw RustFunctionException.fromReport(e.report());
    }
  }
}
