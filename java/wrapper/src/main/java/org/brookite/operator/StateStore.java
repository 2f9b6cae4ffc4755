package org.brookite.operator;

import org.brookite.bridge.StageHost;

/**
 * One state of a stage, in the form that Flink keeps it in, so that Flink can redistribute it and
 * others can read it from a savepoint.
 *
 * <p>Of the queries and changes of {@link StageHost} each kind of state knows its own. Arrays are
 * never changed once they are in here.
 */
interface StateStore {

  /**
   * Reads.
   *
   * @param query one of {@link StageHost}'s {@code QUERY_} constants
   * @param entry the key of the entry asked for, null when none is
   * @return null when there is nothing
   */
  byte[] read(int query, byte[] entry) throws Exception;

  /**
   * Writes.
   *
   * @param change one of {@link StageHost}'s {@code CHANGE_} constants
   * @param entry the key of the entry to change, null when the change is of no entry
   * @param value what to store, null when the change has no value
   */
  void write(int change, byte[] entry, byte[] value) throws Exception;

  /** Says that a state of this kind cannot be asked or changed in this way. */
  static IllegalStateException unknown(String what, int code, String kind) {
    return new IllegalStateException(
        String.format("a stage asked for %s number %d of %s, which has none", what, code, kind));
  }
}
