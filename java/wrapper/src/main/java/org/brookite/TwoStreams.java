package org.brookite;

import java.util.Optional;
import org.apache.flink.api.common.ExecutionConfig;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.streaming.api.datastream.ConnectedStreams;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.brookite.edge.Edges;
import org.brookite.operator.InputRecords;
import org.brookite.operator.RustBatchBroadcastOperator;
import org.brookite.operator.RustCoOperator;
import org.brookite.operator.RustKeyedCoOperator;
import org.brookite.operator.RustStageFactory;
import org.brookite.operator.StageOutputs;
import org.brookite.proto.StageSpec;
import org.brookite.type.Signature;

/** Two streams that functions are called on; the second one may be broadcast. */
final class TwoStreams<IN1, IN2> implements Streams {

  private final Records<IN1> first;
  private final Records<IN2> second;
  private final boolean broadcast;

  private TwoStreams(Records<IN1> first, Records<IN2> second, boolean broadcast) {
    this.first = first;
    this.second = second;
    this.broadcast = broadcast;
  }

  /**
   * Takes two streams together, both keyed alike or both without key.
   *
   * @throws RustJobException when they are not
   */
  static <A, B> TwoStreams<A, B> connect(Records<A> first, Records<B> second) {
    Optional<TypeInformation<?>> one = first.keyType();
    Optional<TypeInformation<?>> other = second.keyType();
    if (one.isPresent() != other.isPresent()) {
      throw new RustJobException(
          String.format(
              "cannot connect a stream that is keyed with one that is not: the %s one is not; key it"
                  + " as well, or broadcast the second one",
              one.isPresent() ? "second" : "first"));
    }
    if (!one.equals(other)) {
      throw new RustJobException(
          String.format(
              "cannot connect streams with keys of different types: the first is keyed by %s, the"
                  + " second by %s; make both key selectors return the same type",
              one.get(), other.get()));
    }
    return new TwoStreams<>(first, second, false);
  }

  /**
   * Takes two keyed streams together.
   *
   * @param what how messages call what is done with them
   * @throws RustJobException when they are not keyed alike
   */
  static <A, B> TwoStreams<A, B> connectKeyed(String what, Records<A> first, Records<B> second) {
    if (first.keyType().isEmpty()) {
      throw new RustJobException(
          what + " brings records of one key together: call keyBy on both streams first");
    }
    return connect(first, second);
  }

  /**
   * Takes a stream together with another one that every subtask gets the whole of.
   *
   * @throws RustJobException when the second one is keyed
   */
  static <A, B> TwoStreams<A, B> broadcast(Records<A> first, Records<B> second) {
    if (second.keyType().isPresent()) {
      throw new RustJobException(
          "cannot broadcast a keyed stream, since all subtasks get all of it: hand it over before"
              + " keyBy");
    }
    return new TwoStreams<>(first, second.broadcast(), true);
  }

  @Override
  public void check(Signature signature) {
    signature.checkKey(first.keyType());
    signature.checkInput(first.type());
    signature.checkSecondInput(second.type());
  }

  @Override
  public void describe(Signature signature, StageSpec.Builder spec) {
    spec.setInput(Edges.intoRust(signature.input()));
    signature.secondInput().ifPresent(type -> spec.setSecondInput(Edges.intoRust(type)));
    first.keyType().ifPresent(key -> spec.setKey(Edges.intoRust(signature.keyOf(key))));
  }

  @Override
  public TypeInformation<?> type() {
    return first.type();
  }

  @Override
  public ExecutionConfig config() {
    return first.config();
  }

  @Override
  public <OUT> SingleOutputStreamOperator<OUT> transform(
      String name,
      TypeInformation<OUT> type,
      RustStageFactory stages,
      StageSpec spec,
      StageOutputs<OUT> outputs) {
    InputRecords<IN1> one = first.input();
    InputRecords<IN2> other = second.input();
    ConnectedStreams<IN1, IN2> both = first.stream().connect(second.stream());
    Optional<TypeInformation<?>> key = first.keyType();
    if (key.isEmpty()) {
      return both.transform(
          name,
          type,
          broadcast && isBatch()
              ? new RustBatchBroadcastOperator<>(stages, spec, one, other, outputs)
              : new RustCoOperator<>(stages, spec, one, other, outputs));
    }
    TypeSerializer<?> keySerializer = key.get().createSerializer(config().getSerializerConfig());
    return both.transform(
        name, type, new RustKeyedCoOperator<>(stages, spec, keySerializer, one, other, outputs));
  }

  private boolean isBatch() {
    ReadableConfig config = first.stream().getExecutionEnvironment().getConfiguration();
    return config.get(ExecutionOptions.RUNTIME_MODE) == RuntimeExecutionMode.BATCH;
  }
}
