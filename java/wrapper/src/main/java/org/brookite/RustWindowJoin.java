package org.brookite;

import org.brookite.type.FunctionUse;

/** Two keyed streams whose records are brought together in windows. */
public final class RustWindowJoin {

  private final RustLibrary library;
  private final FunctionUse use;
  private final Streams streams;

  RustWindowJoin(RustLibrary library, FunctionUse use, Streams streams) {
    this.library = library;
    this.use = use;
    this.streams = streams;
  }

  /**
   * Gathers the records of each key in windows.
   *
   * @throws RustJobException when there can be no such windows
   */
  public RustWindows window(Windows windows) {
    if (!windows.lateOutput().isEmpty()) {
      throw new RustJobException(
          String.format(
              "late records of two streams cannot go to one side output, found lateTo(\"%s\"): allow"
                  + " more lateness, or leave lateTo away and they are dropped",
              windows.lateOutput()));
    }
    if (windows.keepLast() > 0) {
      throw new RustJobException(
          "sliding windows of counts cannot be joined: use Windows.count(size) or windows of time");
    }
    return new RustWindows(library, use, streams, windows);
  }
}
