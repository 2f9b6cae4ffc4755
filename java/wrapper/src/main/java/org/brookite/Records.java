package org.brookite;

import java.util.Optional;
import org.apache.flink.api.common.ExecutionConfig;
import org.apache.flink.api.common.serialization.SerializerConfig;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.api.java.typeutils.TupleTypeInfo;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.KeyedStream;
import org.brookite.operator.InputRecords;

/** What functions are given of a stream: its records, or the second fields of pairs. */
final class Records<S> {

  private final DataStream<S> stream;
  private final boolean second;

  private Records(DataStream<S> stream, boolean second) {
    this.stream = stream;
    this.second = second;
  }

  static <S> Records<S> whole(DataStream<S> stream) {
    return new Records<>(stream, false);
  }

  static <A, T> Records<Tuple2<A, T>> second(DataStream<Tuple2<A, T>> pairs) {
    if (!(pairs.getType() instanceof TupleTypeInfo) || pairs.getType().getArity() != 2) {
      throw new RustJobException(
          String.format("expected a stream of Tuple2, found one of %s", pairs.getType()));
    }
    return new Records<>(pairs, true);
  }

  DataStream<S> stream() {
    return stream;
  }

  /** Whether they are the second fields of pairs. */
  boolean areSecond() {
    return second;
  }

  /** Returns the type of what functions are given. */
  TypeInformation<?> type() {
    return second ? ((TupleTypeInfo<?>) stream.getType()).getTypeAt(1) : stream.getType();
  }

  /** Returns the type of the stream's keys, nothing when it has none. */
  Optional<TypeInformation<?>> keyType() {
    return stream instanceof KeyedStream
        ? Optional.of(((KeyedStream<?, ?>) stream).getKeyType())
        : Optional.empty();
  }

  ExecutionConfig config() {
    return stream.getExecutionConfig();
  }

  /** Makes what an operator needs to hand them to Rust. */
  @SuppressWarnings("unchecked") // S is Tuple2 where there is a second field, see above.
  InputRecords<S> input() {
    SerializerConfig config = config().getSerializerConfig();
    return second
        ? (InputRecords<S>) InputRecords.second(type().createSerializer(config))
        : InputRecords.whole(stream.getType().createSerializer(config));
  }

  /** The same of which every subtask gets all. */
  Records<S> broadcast() {
    return new Records<>(stream.broadcast(), second);
  }
}
