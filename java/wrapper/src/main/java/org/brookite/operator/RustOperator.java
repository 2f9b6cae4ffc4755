package org.brookite.operator;

import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.brookite.proto.StageSpec;

/** Runs Rust functions on a stream without key. The only state that they have is the subtask's. */
public final class RustOperator<IN, OUT> extends AbstractRustOperator<OUT>
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
  public RustOperator(
      RustStageFactory factory,
      StageSpec spec,
      InputRecords<IN> records,
      StageOutputs<OUT> outputs) {
    super(factory, spec, outputs);
    this.records = records;
  }

  @Override
  void openInputs(StageSpec spec) {
    input = new StageInput<>(StageInput.FIRST, spec.getInput(), records, false);
  }

  @Override
  public void processElement(StreamRecord<IN> element) throws Exception {
    process(input, element, 0);
  }
}
