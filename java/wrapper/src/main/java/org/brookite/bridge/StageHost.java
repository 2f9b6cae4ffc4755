package org.brookite.bridge;

/**
 * What a stage asks of the operator that runs it.
 *
 * <p>Called on the operator's own thread, during a native call. An exception thrown here ends the
 * native call and leaves it as the same object.
 */
public interface StageHost {

  /** Level of a message about a failure. */
  int LEVEL_ERROR = 1;

  /** Level of a message about something that may become a failure. */
  int LEVEL_WARN = 2;

  /** Level of a message about what is going on. */
  int LEVEL_INFO = 3;

  /** Level of a message for those who look for a mistake. */
  int LEVEL_DEBUG = 4;

  /** Level of a message about every single step. */
  int LEVEL_TRACE = 5;

  /**
   * Registers a state of the stage; while the stage opens.
   *
   * @param dataType the value's {@code DataType}, encoded in protobuf
   * @return the state's id: 0, 1, 2 and so on
   */
  int registerState(String name, byte[] dataType);

  /** Returns the state's value of the current key, null when there is none. */
  byte[] readState(int state);

  /**
   * Registers a counter; while the stage opens.
   *
   * @return the counter's slot: its value is the 64-bit integer at {@code 8 * slot} of the counters
   *     buffer
   */
  int registerCounter(String name);

  /**
   * Logs a message.
   *
   * @param level one of the {@code LEVEL_} constants
   * @param target where in the Rust program the message comes from, as {@code crate::module}
   */
  void log(int level, String target, String message);
}
