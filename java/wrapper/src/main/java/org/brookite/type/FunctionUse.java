package org.brookite.type;

import org.brookite.proto.Function;

/** What functions are called on, and how that is written. */
public enum FunctionUse {
  /** The records of one stream. */
  STREAM("on(stream).call(..)"),
  /** The windows of a keyed stream. */
  WINDOWS("on(keyedStream).window(..).call(..)"),
  /** The records of two streams. */
  CONNECTED("on(stream).connect(other).call(..)"),
  /** The records of a stream and of one that every subtask receives. */
  BROADCAST("on(stream).broadcast(other).call(..)"),
  /** Pairs of records that are close in time. */
  INTERVAL_JOIN("on(keyedStream).intervalJoin(other).between(..).call(..)"),
  /** Pairs of records that are in one window. */
  JOIN("on(keyedStream).join(other).window(..).call(..)"),
  /** The records of two streams that are in one window. */
  CO_GROUP("on(keyedStream).coGroup(other).window(..).call(..)"),
  /** The records of a stream that has no timestamps yet. */
  TIMESTAMPS("on(stream).assignTimestampsAndWatermarks(..)"),
  /** Timestamps: which windows they are in. */
  WINDOW_FUNCTION("window(Windows.named(..))");

  private final String written;

  FunctionUse(String written) {
    this.written = written;
  }

  /** Returns what a function is called on. */
  public static FunctionUse of(Function function) {
    return FunctionKind.use(function);
  }

  /** Whether a function makes something of its stream's key. */
  public static boolean takesKey(Function function) {
    return FunctionKind.keys(function) != FunctionKind.Keys.NONE;
  }

  /** Returns how a job calls such functions. */
  String written() {
    return written;
  }
}
