package org.brookite;

import java.util.List;
import java.util.Optional;
import org.apache.flink.api.common.serialization.SerializerConfig;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.KeyedStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.brookite.edge.Edges;
import org.brookite.operator.RustKeyedOperator;
import org.brookite.operator.RustOperator;
import org.brookite.operator.StageOutputs;
import org.brookite.proto.StageSpec;
import org.brookite.type.Signature;

/**
 * A call of Rust functions on a stream; what is left to say is the type of the results.
 *
 * <p>Give an operator with state a {@code uid} as any operator in Flink.
 */
public final class RustCall<IN> {

  private final RustLibrary library;
  private final DataStream<IN> stream;
  private final Signature signature;

  RustCall(RustLibrary library, DataStream<IN> stream, List<String> functions) {
    this.library = library;
    this.stream = stream;
    this.signature = Signature.of(library.toString(), library.manifest(), functions);
    signature.checkKey(keyType());
    signature.checkInput(stream.getType());
  }

  /**
   * Returns the results as a stream of the given type.
   *
   * @throws RustJobException when the functions return another
   */
  public <OUT> SingleOutputStreamOperator<OUT> as(TypeInformation<OUT> type) {
    signature.checkOutput(type);
    return transform(type);
  }

  /** Returns the results as a stream of the type that the functions declare. */
  public SingleOutputStreamOperator<?> stream() {
    return transform(signature.outputInformation());
  }

  private Optional<TypeInformation<?>> keyType() {
    return stream instanceof KeyedStream
        ? Optional.of(((KeyedStream<IN, ?>) stream).getKeyType())
        : Optional.empty();
  }

  private <OUT> SingleOutputStreamOperator<OUT> transform(TypeInformation<OUT> type) {
    String name = String.join(" -> ", signature.names());
    return stream.transform(name, type, operator(type));
  }

  private <OUT> OneInputStreamOperator<IN, OUT> operator(TypeInformation<OUT> type) {
    SerializerConfig config = stream.getExecutionConfig().getSerializerConfig();
    TypeSerializer<IN> input = stream.getType().createSerializer(config);
    StageOutputs<OUT> output = new StageOutputs<>(type.createSerializer(config));
    StageSpec.Builder spec =
        StageSpec.newBuilder()
            .addAllFunctions(signature.names())
            .setInput(Edges.intoRust(signature.input()))
            .setOutput(Edges.outOfRust(signature.output()));
    if (keyType().isEmpty()) {
      return new RustOperator<>(library.stages(), spec.build(), input, output);
    }
    signature.key().ifPresent(key -> spec.setKey(Edges.intoRust(key)));
    TypeSerializer<?> key = keyType().get().createSerializer(config);
    return new RustKeyedOperator<>(library.stages(), spec.build(), key, input, output);
  }
}
