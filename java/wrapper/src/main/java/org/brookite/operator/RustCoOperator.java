package org.brookite.operator;

import org.apache.flink.api.common.typeutils.TypeSerializer;
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

  private final TypeSerializer<IN1> firstSerializer;
  private final TypeSerializer<IN2> secondSerializer;

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
      TypeSerializer<IN1> firstSerializer,
      TypeSerializer<IN2> secondSerializer,
      StageOutputs<OUT> outputs) {
    super(factory, spec, outputs);
    this.firstSerializer = firstSerializer;
    this.secondSerializer = secondSerializer;
  }

  @Override
  void openInputs(StageSpec spec) {
    first = new StageInput<>(StageInput.FIRST, spec.getInput(), firstSerializer, false);
    second = new StageInput<>(StageInput.SECOND, spec.getSecondInput(), secondSerializer, false);
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
