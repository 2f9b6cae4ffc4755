package org.brookite;

import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.brookite.proto.StageSpec;
import org.brookite.type.FunctionUse;

/** A stream that is about to be handed to Rust functions, alone or together with another one. */
public final class RustInput<IN> {

  private final RustLibrary library;
  private final Records<IN> records;

  RustInput(RustLibrary library, Records<IN> records) {
    this.library = library;
    this.records = records;
  }

  /** Makes one list of a call's functions. */
  static List<String> chain(String function, String... next) {
    List<String> functions = new ArrayList<>();
    functions.add(function);
    functions.addAll(List.of(next));
    return functions;
  }

  /**
   * Calls one function, or several one after the other. Several run as one stage: a record crosses
   * into Rust once for all of them. Only the first can be keyed.
   *
   * @throws RustJobException when the library lacks one of them, when they do not fit each other,
   *     or when the stream or its key is not of the type that the first one takes
   */
  public RustCall call(String function, String... next) {
    return new RustCall(
        library,
        FunctionUse.STREAM,
        new OneStream<>(records),
        StageSpec.getDefaultInstance(),
        chain(function, next));
  }

  /**
   * Gathers the records of each key in windows.
   *
   * @throws RustJobException when the stream has no key, or there can be no such windows
   */
  public RustWindows window(Windows windows) {
    if (records.keyType().isEmpty()) {
      throw new RustJobException(
          "windows are those of a key: call keyBy first; for windows over the whole stream, key it"
              + " by a constant");
    }
    return new RustWindows(library, FunctionUse.WINDOWS, new OneStream<>(records), windows);
  }

  /**
   * Takes another stream together with this one, for functions of two inputs. Both are keyed by
   * keys of one type, and share the state of each, or neither is keyed.
   *
   * @throws RustJobException when they are keyed differently
   */
  public <OTHER> RustConnection connect(DataStream<OTHER> other) {
    return connect(library.on(other));
  }

  /** As {@link #connect(DataStream)}, where functions are given part of the other's records. */
  public <OTHER> RustConnection connect(RustInput<OTHER> other) {
    return new RustConnection(
        library, FunctionUse.CONNECTED, TwoStreams.connect(records, other.records));
  }

  /**
   * Takes another stream together with this one, of which every subtask gets all records, for
   * functions with broadcast state. This stream may be keyed.
   *
   * <p>In BATCH mode all of the other one comes before this one's first record, as in Flink.
   * Without keys that takes that the mode is set when this is called: {@code env.setRuntimeMode} or
   * {@code execution.runtime-mode}, and not AUTOMATIC.
   *
   * @throws RustJobException when the other one is keyed
   */
  public <OTHER> RustConnection broadcast(DataStream<OTHER> other) {
    return broadcast(library.on(other));
  }

  /** As {@link #broadcast(DataStream)}, where functions are given part of the other's records. */
  public <OTHER> RustConnection broadcast(RustInput<OTHER> other) {
    return new RustConnection(
        library, FunctionUse.BROADCAST, TwoStreams.broadcast(records, other.records));
  }

  /**
   * Joins each record with those of another stream that have the same key and a timestamp close to
   * its own.
   *
   * @throws RustJobException when the streams are not keyed alike
   */
  public <OTHER> RustIntervalJoin intervalJoin(DataStream<OTHER> other) {
    return intervalJoin(library.on(other));
  }

  /** As {@link #intervalJoin(DataStream)}, where functions are given part of the records. */
  public <OTHER> RustIntervalJoin intervalJoin(RustInput<OTHER> other) {
    return new RustIntervalJoin(
        library, TwoStreams.connectKeyed("an interval join", records, other.records));
  }

  /**
   * Joins each record with those of another stream that have the same key and are in the same
   * window.
   *
   * @throws RustJobException when the streams are not keyed alike
   */
  public <OTHER> RustWindowJoin join(DataStream<OTHER> other) {
    return join(library.on(other));
  }

  /** As {@link #join(DataStream)}, where functions are given part of the other's records. */
  public <OTHER> RustWindowJoin join(RustInput<OTHER> other) {
    return new RustWindowJoin(
        library, FunctionUse.JOIN, TwoStreams.connectKeyed("a join", records, other.records));
  }

  /**
   * Brings all records of two streams together that have the same key and are in the same window.
   *
   * @throws RustJobException when the streams are not keyed alike
   */
  public <OTHER> RustWindowJoin coGroup(DataStream<OTHER> other) {
    return coGroup(library.on(other));
  }

  /** As {@link #coGroup(DataStream)}, where functions are given part of the other's records. */
  public <OTHER> RustWindowJoin coGroup(RustInput<OTHER> other) {
    return new RustWindowJoin(
        library,
        FunctionUse.CO_GROUP,
        TwoStreams.connectKeyed("a co-group", records, other.records));
  }

  /**
   * Gives each record the timestamp that a function reads from it, and derives watermarks from
   * these as the strategy says; its own timestamp assigner is not asked.
   *
   * <pre>{@code
   * library.on(orders).assignTimestampsAndWatermarks(
   *     "order_time",
   *     WatermarkStrategy.<Order>forBoundedOutOfOrderness(Duration.ofSeconds(5))
   *         .withIdleness(Duration.ofMinutes(1)))
   * }</pre>
   *
   * @throws RustJobException when the library has no such timestamp assigner, or the stream is not
   *     of the type that it takes
   */
  public SingleOutputStreamOperator<IN> assignTimestampsAndWatermarks(
      String function, WatermarkStrategy<IN> strategy) {
    if (records.areSecond()) {
      throw new RustJobException(
          "timestamps belong to whole records, and functions see only the second fields of these:"
              + " assign them ahead of the function that makes the pairs");
    }
    return new RustTimestamps<>(library, records.stream(), function).watermarks(strategy);
  }
}
