package org.brookite.type;

import org.brookite.proto.Function;

/** What a function is called on, by the URN of its kind. */
enum FunctionKind {
  MAP("map", FunctionUse.STREAM, Keys.NONE),
  FLAT_MAP("flat_map", FunctionUse.STREAM, Keys.NONE),
  FILTER("filter", FunctionUse.STREAM, Keys.NONE),
  PROCESS("process", FunctionUse.STREAM, Keys.NONE),
  KEYED_PROCESS("keyed_process", FunctionUse.STREAM, Keys.NEEDED),
  AGGREGATE("aggregate", FunctionUse.WINDOWS, Keys.NEEDED),
  REDUCE("reduce", FunctionUse.WINDOWS, Keys.NEEDED),
  PROCESS_WINDOW("process_window", FunctionUse.WINDOWS, Keys.NEEDED),
  CO_MAP("co_map", FunctionUse.CONNECTED, Keys.WELCOME),
  CO_FLAT_MAP("co_flat_map", FunctionUse.CONNECTED, Keys.WELCOME),
  CO_PROCESS("co_process", FunctionUse.CONNECTED, Keys.NONE),
  KEYED_CO_PROCESS("keyed_co_process", FunctionUse.CONNECTED, Keys.NEEDED),
  BROADCAST_PROCESS("broadcast_process", FunctionUse.BROADCAST, Keys.NONE),
  KEYED_BROADCAST_PROCESS("keyed_broadcast_process", FunctionUse.BROADCAST, Keys.NEEDED),
  PROCESS_JOIN("process_join", FunctionUse.INTERVAL_JOIN, Keys.NEEDED),
  JOIN("join", FunctionUse.JOIN, Keys.NEEDED),
  CO_GROUP("co_group", FunctionUse.CO_GROUP, Keys.NEEDED),
  TIMESTAMPS("timestamps", FunctionUse.TIMESTAMPS, Keys.WELCOME),
  WINDOW_FN("window_fn", FunctionUse.WINDOW_FUNCTION, Keys.WELCOME),

  /** One of a kind that the user's crate brought. */
  OTHER("", FunctionUse.STREAM, Keys.NONE);

  /** Whether the stream must be keyed. */
  enum Keys {
    NONE,
    WELCOME,
    NEEDED
  }

  private final String urn;
  private final FunctionUse use;
  private final Keys keys;

  FunctionKind(String name, FunctionUse use, Keys keys) {
    this.urn = "brookite:function:" + name + ":v1";
    this.use = use;
    this.keys = keys;
  }

  static FunctionKind of(Function function) {
    for (FunctionKind kind : values()) {
      if (kind.urn.equals(function.getKind())) {
        return kind;
      }
    }
    return OTHER;
  }

  static FunctionUse use(Function function) {
    FunctionKind kind = of(function);
    return kind == OTHER && function.hasSecondInput() ? FunctionUse.CONNECTED : kind.use;
  }

  static Keys keys(Function function) {
    return function.hasKey() ? Keys.NEEDED : of(function).keys;
  }
}
