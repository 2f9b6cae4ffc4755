package org.brookite.bridge;

import java.nio.ByteBuffer;

/**
 * The native methods of the bridge library, one for one.
 *
 * <p>{@link BridgeLoader#load()} must have returned before the first of them is called.
 *
 * <p>Libraries and stages are named by handles. A handle that is stale, foreign or in use is an
 * error, never a crash. Every method reports failure as a {@link NativeFailure}; only an exception
 * that a {@link StageHost} threw during the call comes back as that very object.
 *
 * <p>A stage belongs to the thread that opened it, and only that one may call it.
 *
 * <p>The methods that return an {@code int} return the number of bytes of output, made of frames.
 * The output is in the out buffer when it fits; when it is longer than the buffer's capacity,
 * nothing has been copied yet and {@link #growOut} copies it into a larger one.
 */
public final class NativeBridge {

  /** The key length of a record that is its own key and is written once. */
  public static final int KEY_IS_RECORD = -1;

  private NativeBridge() {}

  /** Returns the version of the C table that this bridge speaks to plugins. */
  public static native int abiVersion();

  /**
   * Opens a plugin library.
   *
   * @param path absolute path of the file
   * @return the library's handle
   */
  public static native long openLibrary(String path);

  /** Returns a library's {@code Manifest}, encoded in protobuf. */
  public static native byte[] manifest(long library);

  /**
   * Has a library build a pipeline, which runs the user's program on the calling thread.
   *
   * @param call a {@code PipelineCall}, encoded in protobuf
   * @return the {@code PipelineGraph}, encoded in protobuf
   */
  public static native byte[] describePipeline(long library, byte[] call);

  /** Gives a library's handle back; closing it again does nothing. */
  public static native void closeLibrary(long library);

  /**
   * Builds and opens a stage.
   *
   * @param library handle of the library that has the functions
   * @param stageSpec a {@code StageSpec}, encoded in protobuf
   * @param host takes the stage's upcalls, on the thread that calls the stage
   * @param in direct buffer that Java writes keys and records to
   * @param out direct buffer that native code writes frames to
   * @return the stage's handle
   */
  public static native long openStage(
      long library, byte[] stageSpec, StageHost host, ByteBuffer in, ByteBuffer out);

  /**
   * Processes the record in the in buffer: {@code keyLength} bytes of key, then {@code
   * recordLength} bytes of record.
   *
   * @param input index of the input, 0 or 1
   * @param keyLength {@link #KEY_IS_RECORD} when the record's bytes are the key's as well
   * @param timestamp the record's timestamp in milliseconds, {@link Long#MIN_VALUE} for none
   * @return the length of the frames in the out buffer, or the complement of the length of a single
   *     record that is there without a frame
   */
  public static native int process(
      long stage, int input, int keyLength, int recordLength, long timestamp);

  /**
   * Says what the operator's watermark is from now on; called before the timers that it makes due
   * fire.
   *
   * @param watermark in milliseconds, {@link Long#MIN_VALUE} for none yet
   */
  public static native int advanceWatermark(long stage, long watermark);

  /**
   * Fires the timer in the in buffer: {@code keyLength} bytes of key, then {@code namespaceLength}
   * bytes of namespace.
   *
   * @param domain 0 for event time, 1 for processing time
   * @param time what the timer was set to, in milliseconds
   */
  public static native int fireTimer(
      long stage, int domain, int keyLength, int namespaceLength, long time);

  /** Forgets all cached state without writing it. */
  public static native int discard(long stage);

  /** Writes back the state that the stage holds changed: before a checkpoint's barrier. */
  public static native int flush(long stage);

  /** Writes back like {@link #flush} and forgets all cached state: the current key ends. */
  public static native int endKey(long stage);

  /** Sees to logs and metrics while no record comes. There is no output. */
  public static native void tick(long stage);

  /** Ends the input: the functions may emit for the last time, and changed state is written. */
  public static native int finish(long stage);

  /** Closes the functions and releases the stage, whatever happens; again: returns 0. */
  public static native int closeStage(long stage);

  /** Hands the stage a larger in buffer in place of the old one. */
  public static native void growIn(long stage, ByteBuffer in);

  /** Hands the stage a larger out buffer and copies the pending output into it. */
  public static native void growOut(long stage, ByteBuffer out);
}
