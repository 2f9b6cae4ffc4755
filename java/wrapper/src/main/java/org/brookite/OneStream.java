package org.brookite;

import java.util.Optional;
import org.apache.flink.api.common.ExecutionConfig;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.KeyedStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.brookite.edge.Edges;
import org.brookite.operator.RustKeyedOperator;
import org.brookite.operator.RustOperator;
import org.brookite.operator.RustStageFactory;
import org.brookite.operator.StageOutputs;
import org.brookite.proto.StageSpec;
import org.brookite.type.Signature;

/** A stream that functions are called on. */
final class OneStream<IN> implements Streams {

  private final DataStream<IN> stream;

  OneStream(DataStream<IN> stream) {
    this.stream = stream;
  }

  /** Returns the type of a stream's keys, nothing when it has none. */
  static Optional<TypeInformation<?>> keyType(DataStream<?> stream) {
    return stream instanceof KeyedStream
        ? Optional.of(((KeyedStream<?, ?>) stream).getKeyType())
        : Optional.empty();
  }

  @Override
  public void check(Signature signature) {
    signature.checkKey(keyType(stream));
    signature.checkInput(stream.getType());
  }

  @Override
  public void describe(Signature signature, StageSpec.Builder spec) {
    spec.setInput(Edges.intoRust(signature.input()));
    keyType(stream).ifPresent(key -> spec.setKey(Edges.intoRust(signature.keyOf(key))));
  }

  @Override
  public TypeInformation<?> type() {
    return stream.getType();
  }

  @Override
  public ExecutionConfig config() {
    return stream.getExecutionConfig();
  }

  @Override
  public <OUT> SingleOutputStreamOperator<OUT> transform(
      String name,
      TypeInformation<OUT> type,
      RustStageFactory stages,
      StageSpec spec,
      StageOutputs<OUT> outputs) {
    TypeSerializer<IN> input = stream.getType().createSerializer(config().getSerializerConfig());
    Optional<TypeInformation<?>> key = keyType(stream);
    if (key.isEmpty()) {
      return stream.transform(name, type, new RustOperator<>(stages, spec, input, outputs));
    }
    TypeSerializer<?> keySerializer = key.get().createSerializer(config().getSerializerConfig());
    return stream.transform(
        name, type, new RustKeyedOperator<>(stages, spec, keySerializer, input, outputs));
  }
}
