package org.brookite.operator;

import java.nio.ByteBuffer;
import org.brookite.bridge.NativeBridge;

/**
 * A stage of Rust functions, opened and ready.
 *
 * <p>The operator owes it this order: any number of {@link #process}, {@link #advanceWatermark},
 * {@link #fireTimer}, {@link #flush}, {@link #endKey} and {@link #discard}; {@link #finish} at most
 * once, after which only {@link #tick} and {@link #close} are legal; {@link #close} exactly once,
 * after whatever came before, failure included. After a failure only {@link #close} is legal.
 *
 * <p>The methods that return an {@code int} return the number of bytes of output, see {@link
 * FrameReader}. When that is more than the out buffer holds, the output is not there yet: {@link
 * #growOut} must be called with a larger one before anything else. A negative number is the
 * complement ({@code ~}) of the length of a single record, which is there without a frame: what
 * most calls return.
 */
public interface RustStage {

  /** The timestamp of a record that has none. */
  long NO_TIMESTAMP = Long.MIN_VALUE;

  /** The domain of timers that the watermark fires. */
  int EVENT_TIME = 0;

  /** The domain of timers that the clock of the machine fires. */
  int PROCESSING_TIME = 1;

  /**
   * Processes the record in the in buffer, whose key comes first; a key length of {@link
   * NativeBridge#KEY_IS_RECORD} says that the record is its own key, and one of 0 may say that the
   * input has no key.
   *
   * @param input index of the input, 0 or 1
   */
  int process(int input, int keyLength, int recordLength, long timestamp);

  /**
   * Says what the operator's watermark is from now on: before the timers fire that it makes due.
   *
   * @param watermark in milliseconds since the epoch, {@link Long#MIN_VALUE} for none
   */
  int advanceWatermark(long watermark);

  /**
   * Fires a timer. In the in buffer there are its key and its namespace, one after the other.
   *
   * @param domain {@link #EVENT_TIME} or {@link #PROCESSING_TIME}
   * @param time what the timer was set to, in milliseconds since the epoch
   */
  int fireTimer(int domain, int keyLength, int namespaceLength, long time);

  /** Writes changed state back, ahead of a checkpoint. */
  int flush();

  /** Writes changed state back and forgets it: the current key will not come again. */
  int endKey();

  /** Forgets all state that it remembers, without writing back what changed: it is gone already. */
  int discard();

  /**
   * Sees to what must not wait for the next record, which may be long in coming: passes on what
   * other threads logged, looks up anew which levels are logged, and updates all metrics. Legal at
   * any time between {@code open} and {@link #close}; called every few seconds.
   */
  void tick();

  /** Ends the input. The functions may emit for the last time; changed state is written back. */
  int finish();

  /** Closes the functions and releases the stage. There is no output any more. */
  void close();

  /** Replaces the in buffer by a larger one. */
  void growIn(ByteBuffer in);

  /** Replaces the out buffer by a larger one, which receives the pending output. */
  void growOut(ByteBuffer out);
}
