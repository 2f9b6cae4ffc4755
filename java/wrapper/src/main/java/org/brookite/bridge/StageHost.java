package org.brookite.bridge;

import java.nio.ByteBuffer;

/**
 * What a stage asks of the operator that runs it.
 *
 * <p>Called on the operator's own thread, during a native call. An exception thrown here ends the
 * native call and leaves it as the same object.
 */
public interface StageHost {

  /** The level of which there are no messages. */
  int LEVEL_OFF = 0;

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

  /** Asks for the value of a state that has one. */
  int QUERY_VALUE = 0;

  /** Asks for all elements of a list. */
  int QUERY_LIST = 1;

  /** Asks for the value of one entry of a map. */
  int QUERY_ENTRY = 2;

  /** Asks for all entries of a map. */
  int QUERY_ENTRIES = 3;

  /**
   * Asks for the types that values of a state were ever written as, in the order of their numbers:
   * each a {@code DataType}, encoded in protobuf, as the elements of a list. Of any state, and
   * without a key.
   */
  int QUERY_TYPES = 4;

  /** Sets the value of a state that has one, or all elements of a list. */
  int CHANGE_UPDATE = 0;

  /** Removes all that a state has. */
  int CHANGE_CLEAR = 1;

  /** Adds an element to the end of a list. */
  int CHANGE_APPEND = 2;

  /** Sets the value of an entry of a map. */
  int CHANGE_PUT_ENTRY = 3;

  /** Removes an entry from a map. */
  int CHANGE_REMOVE_ENTRY = 4;

  /**
   * Registers a state of the stage; while the stage opens.
   *
   * @param declaration a {@code StateDeclaration}, encoded in protobuf
   * @return the state's id: 0, 1, 2 and so on
   */
  int registerState(byte[] declaration);

  /**
   * Reads a state: that of the key of the call in progress, unless it is the subtask's.
   *
   * <p>The elements of a list are returned one after the other, each its length (32 bits in
   * little-endian order) and its bytes; the entries of a map likewise, each as its key and its
   * value.
   *
   * @param namespace what parts the states of a key; null for the key's own state, and for a state
   *     of the subtask
   * @param query one of the {@code QUERY_} constants
   * @param entry the key of the entry that is asked for, null when none is
   * @return null when there is nothing
   */
  byte[] readState(int state, byte[] namespace, int query, byte[] entry);

  /** Answer of {@link #readValue}: there is no value. */
  int ABSENT = -1;

  /** Answer of {@link #readValue}: it is for {@link #readState} to say. */
  int NOT_HERE = -2;

  /**
   * Reads the value of a state of the key of the call in progress, in no namespace, into the buffer
   * {@code out} of the stage, where nothing is during a call. Unlike {@link #readState} it needs no
   * array on its way to Rust.
   *
   * @return the length of the value, {@link #ABSENT}, or {@link #NOT_HERE}
   */
  default int readValue(int state) {
    return NOT_HERE;
  }

  /**
   * Writes a state at once: that of the key of the call in progress, unless it is the subtask's.
   *
   * @param namespace what parts the states of a key; null for the key's own state, and for a state
   *     of the subtask
   * @param change one of the {@code CHANGE_} constants
   * @param entry the key of the entry to change, null when the change is of no entry
   * @param value what to store, null when the change has no value
   */
  void writeState(int state, byte[] namespace, int change, byte[] entry, byte[] value);

  /** Returns the processing time in milliseconds since the epoch. */
  long processingTime();

  /**
   * Registers a metric; while the stage opens.
   *
   * @param declaration a {@code MetricDeclaration}, encoded in protobuf
   * @return direct memory for its value, in native order: one 64-bit number. A histogram has more:
   *     the number of its samples, then as many samples as there is room for, the latest; sample
   *     {@code n}, counted from 0, is in place {@code n} modulo their number.
   */
  ByteBuffer registerMetric(byte[] declaration);

  /**
   * Says which messages of a target are logged.
   *
   * @return the most verbose {@code LEVEL_}, {@link #LEVEL_OFF} when no message is
   */
  int logLevel(String target);

  /**
   * Logs a message.
   *
   * @param level one of the {@code LEVEL_} constants
   * @param target where in the Rust program the message comes from, as {@code crate::module}
   * @param function the function of the stage that was at work, null when the stage itself was
   * @param thread the thread that logged the message, if it is none that works for a stage; null
   *     otherwise
   */
  void log(int level, String target, String function, String thread, String message);
}
