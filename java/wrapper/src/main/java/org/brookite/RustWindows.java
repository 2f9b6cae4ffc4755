package org.brookite;

import java.util.List;
import org.brookite.proto.StageSpec;
import org.brookite.type.FunctionUse;
import org.brookite.type.Signature;

/** The windows of one keyed stream or of two, about to be handed to Rust functions. */
public final class RustWindows {

  private final RustLibrary library;
  private final FunctionUse use;
  private final Streams streams;
  private final Windows windows;

  RustWindows(RustLibrary library, FunctionUse use, Streams streams, Windows windows) {
    this.library = library;
    this.use = use;
    this.streams = streams;
    this.windows = windows;
    windows
        .function()
        .ifPresent(
            function ->
                Signature.of(
                    library.toString(),
                    library.manifest(),
                    FunctionUse.WINDOW_FUNCTION,
                    List.of(function)));
  }

  /**
   * Calls a function of windows: one that aggregates or reduces records as they arrive, behind that
   * perhaps one that looks at the whole window; or the latter alone. Others follow on the results.
   * All run as one stage.
   *
   * @throws RustJobException when the library lacks one of them, when they do not fit each other,
   *     or when a stream or its key is not of the type that they take
   */
  public RustCall call(String function, String... next) {
    StageSpec options =
        StageSpec.newBuilder()
            .setWindowing(windows.strategy())
            .setWindowsKeepLast(windows.keepLast())
            .setLateOutput(windows.lateOutput())
            .build();
    return new RustCall(library, use, streams, options, RustInput.chain(function, next));
  }
}
