package org.brookite.operator;

import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.brookite.proto.StageSpec;

/** Runs Rust functions on a keyed stream, with the state and the timers of the record's key. */
public final class RustKeyedOperator<K, IN, OUT> extends AbstractRustKeyedOperator<K, OUT>
    implements OneInputStreamOperator<IN, OUT> {

  private static final long serialVersionUID = 1L;

  private final InputRecords<IN> records;

  private transient StageInput<IN> input;

  /**
   * Creates the operator.
   *
   * @param factory opens the stage
   * @param spec what to run, without the operator's name and subtask
   */
  public RustKeyedOperator(
      RustStageFactory factory,
      StageSpec spec,
      TypeSerializer<K> keySerializer,
      InputRecords<IN> records,
      StageOutputs<OUT> outputs) {
    super(factory, spec, keySerializer, outputs);
    this.records = records;
  }

  @Override
  void openInputs(StageSpec spec) throws Exception {
    super.openInputs(spec);
    input = input(StageInput.FIRST, spec.getInput(), records);
  }

  @Override
  public void processElement(StreamRecord<IN> element) throws Exception {
    processKeyed(input, element);
  }
}
