package org.brookite.operator;

import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.brookite.proto.StageSpec;

/**
 * Runs Rust functions on a keyed stream and another one, which is keyed alike, so that both share
 * the state and the timers of a key, or broadcast.
 */
public final class RustKeyedCoOperator<K, IN1, IN2, OUT> extends AbstractRustKeyedOperator<K, OUT>
    implements TwoInputStreamOperator<IN1, IN2, OUT> {

  private static final long serialVersionUID = 1L;

  private final InputRecords<IN1> firstRecords;
  private final InputRecords<IN2> secondRecords;

  private transient StageInput<IN1> first;
  private transient StageInput<IN2> second;
  private transient boolean secondKeyed;

  /**
   * Creates the operator.
   *
   * @param factory opens the stage
   * @param spec what to run, without the operator's name and subtask
   */
  public RustKeyedCoOperator(
      RustStageFactory factory,
      StageSpec spec,
      TypeSerializer<K> keySerializer,
      InputRecords<IN1> firstRecords,
      InputRecords<IN2> secondRecords,
      StageOutputs<OUT> outputs) {
    super(factory, spec, keySerializer, outputs);
    this.firstRecords = firstRecords;
    this.secondRecords = secondRecords;
  }

  @Override
  void openInputs(StageSpec spec) throws Exception {
    super.openInputs(spec);
    first = input(StageInput.FIRST, spec.getInput(), firstRecords);
    second = input(StageInput.SECOND, spec.getSecondInput(), secondRecords);
    secondKeyed = hasKeyContext2();
  }

  @Override
  public void processElement1(StreamRecord<IN1> element) throws Exception {
    processKeyed(first, element);
  }

  @Override
  public void processElement2(StreamRecord<IN2> element) throws Exception {
    if (secondKeyed) {
      processKeyed(second, element);
    } else {
      processKeyless(second, element);
    }
  }
}
