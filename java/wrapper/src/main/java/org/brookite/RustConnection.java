package org.brookite;

import org.brookite.proto.StageSpec;
import org.brookite.type.FunctionUse;

/** Two streams that are about to be handed to Rust functions together. */
public final class RustConnection {

  private final RustLibrary library;
  private final FunctionUse use;
  private final Streams streams;

  RustConnection(RustLibrary library, FunctionUse use, Streams streams) {
    this.library = library;
    this.use = use;
    this.streams = streams;
  }

  /**
   * Calls a function of two inputs, and others on its results. All run as one stage.
   *
   * @throws RustJobException when the library lacks one of them, when they do not fit each other,
   *     or when the streams or their keys are not of the types that the first one takes
   */
  public RustCall call(String function, String... next) {
    return new RustCall(
        library, use, streams, StageSpec.getDefaultInstance(), RustInput.chain(function, next));
  }
}
