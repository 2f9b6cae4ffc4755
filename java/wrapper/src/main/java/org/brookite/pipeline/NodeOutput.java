package org.brookite.pipeline;

import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.KeyedStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.util.OutputTag;
import org.brookite.RustInput;
import org.brookite.RustJobException;
import org.brookite.RustLibrary;
import org.brookite.RustSideOutput;

/**
 * What others read from a node: a stream, keyed or not.
 *
 * <p>Where Rust computed the key or the partition of a record, the stream is one of pairs, and the
 * record is the second of each.
 */
final class NodeOutput {

  private final DataStream<?> stream;
  private final boolean pairs;

  /** What emits side outputs; null when the node has none. */
  private final Sides sides;

  private NodeOutput(DataStream<?> stream, boolean pairs, Sides sides) {
    this.stream = stream;
    this.pairs = pairs;
    this.sides = sides;
  }

  /** The streams of a node's side outputs. */
  interface Sides {
    /**
     * Returns that of the name.
     *
     * @throws RustJobException when there is none
     */
    RustSideOutput named(String name);
  }

  static NodeOutput of(DataStream<?> stream) {
    return new NodeOutput(stream, false, null);
  }

  static NodeOutput of(SingleOutputStreamOperator<?> results, Sides sides) {
    return new NodeOutput(results, false, sides);
  }

  static NodeOutput pairs(DataStream<?> stream) {
    return new NodeOutput(stream, true, null);
  }

  /** The same exchange of records, or its kind, over another stream of the same records. */
  NodeOutput with(DataStream<?> exchanged) {
    return new NodeOutput(exchanged, pairs, null);
  }

  DataStream<?> stream() {
    return stream;
  }

  boolean arePairs() {
    return pairs;
  }

  /**
   * Returns a side output.
   *
   * @throws RustJobException when there is none of that name
   */
  NodeOutput side(String name) {
    if (sides == null) {
      throw new RustJobException(
          String.format("side outputs are those of functions: there is none named '%s'", name));
    }
    OutputTag<?> tag = sides.named(name).tag();
    return of(((SingleOutputStreamOperator<?>) stream).getSideOutput(tag));
  }

  /** The same records where they are, with no word on their key. */
  NodeOutput unkeyed() {
    return stream instanceof KeyedStream ? with(unkeyed(stream)) : this;
  }

  private static <T> DataStream<T> unkeyed(DataStream<T> keyed) {
    return new DataStream<>(keyed.getExecutionEnvironment(), keyed.getTransformation());
  }

  /** Hands the records to a library's functions. */
  @SuppressWarnings("unchecked") // Streams of pairs are of Tuple2.
  RustInput<?> into(RustLibrary library) {
    return pairs
        ? library.onSecond((DataStream<Tuple2<Object, Object>>) stream)
        : library.on(stream);
  }
}
