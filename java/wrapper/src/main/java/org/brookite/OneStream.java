package org.brookite;

import java.util.Optional;
import org.apache.flink.api.common.ExecutionConfig;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.brookite.edge.Edges;
import org.brookite.operator.InputRecords;
import org.brookite.operator.RustKeyedOperator;
import org.brookite.operator.RustOperator;
import org.brookite.operator.RustStageFactory;
import org.brookite.operator.StageOutputs;
import org.brookite.proto.StageSpec;
import org.brookite.type.Signature;

/** A stream that functions are called on. */
final class OneStream<IN> implements Streams {

  private final Records<IN> records;

  OneStream(Records<IN> records) {
    this.records = records;
  }

  @Override
  public void check(Signature signature) {
    signature.checkKey(records.keyType());
    signature.checkInput(records.type());
  }

  @Override
  public void describe(Signature signature, StageSpec.Builder spec) {
    spec.setInput(Edges.intoRust(signature.input()));
    records.keyType().ifPresent(key -> spec.setKey(Edges.intoRust(signature.keyOf(key))));
  }

  @Override
  public TypeInformation<?> type() {
    return records.type();
  }

  @Override
  public ExecutionConfig config() {
    return records.config();
  }

  @Override
  public <OUT> SingleOutputStreamOperator<OUT> transform(
      String name,
      TypeInformation<OUT> type,
      RustStageFactory stages,
      StageSpec spec,
      StageOutputs<OUT> outputs) {
    InputRecords<IN> input = records.input();
    Optional<TypeInformation<?>> key = records.keyType();
    if (key.isEmpty()) {
      RustOperator<IN, OUT> operator = new RustOperator<>(stages, spec, input, outputs);
      return SourceThreads.keepOut(records.stream().transform(name, type, operator));
    }
    TypeSerializer<?> keySerializer = key.get().createSerializer(config().getSerializerConfig());
    return SourceThreads.keepOut(
        records.stream()
            .transform(
                name, type, new RustKeyedOperator<>(stages, spec, keySerializer, input, outputs)));
  }
}
