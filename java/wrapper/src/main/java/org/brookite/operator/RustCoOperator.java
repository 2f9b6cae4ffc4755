package org.brookite.operator;

import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.brookite.proto.StageSpec;

/**
 * Runs Rust functions on two streams without key, of which the second may be broadcast. The only
 * state that they have is the subtask's.
 */
public class RustCoOperator<IN1, IN2, OUT> extends AbstractRustOperator<OUT>
    implements TwoInputStreamOperator<IN1, IN2, OUT> {

  private static final long serialVersionUID = 1L;

  private final InputRecords<IN1> firstRecords;
  private final InputRecords<IN2> secondRecords;

  private transient StageInput<IN1> first;
  private transient StageInput<IN2> second;

  /**
   * Creates the operator.
   *
   * @param factory opens the stage
   * @param spec what to run, without the operator's name and subtask
   */
  public RustCoOperator(
      RustStageFactory factory,
      StageSpec spec,
      InputRecords<IN1> firstRecords,
      InputRecords<IN2> secondRecords,
      StageOutputs<OUT> outputs) {
    super(factory, spec, outputs);
    this.firstRecords = firstRecords;
    this.secondRecords = secondRecords;
  }

  @Override
  void openInputs(StageSpec spec) {
    first = new StageInput<>(StageInput.FIRST, spec.getInput(), firstRecords, false);
    second = new StageInput<>(StageInput.SECOND, spec.getSecondInput(), secondRecords, false);
  }

  @Override
  public void processElement1(StreamRecord<IN1> element) throws Exception {
    process(first, element, 0);
  }

  @Override
  public void processElement2(StreamRecord<IN2> element) throws Exception {
    process(second, element, 0);
  }
}
