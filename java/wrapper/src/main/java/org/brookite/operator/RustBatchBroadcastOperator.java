package org.brookite.operator;

import org.apache.flink.streaming.api.operators.BoundedMultiInput;
import org.apache.flink.streaming.api.operators.InputSelectable;
import org.apache.flink.streaming.api.operators.InputSelection;
import org.brookite.proto.StageSpec;

/**
 * Runs Rust functions in BATCH mode on a stream without key and one that is broadcast, all of which
 * comes first.
 *
 * <p>Keyed streams need no operator like this: there Flink itself gives what is broadcast first,
 * while it sorts the others by key. In STREAMING mode an operator that chooses its input could not
 * take part in checkpoints.
 */
public final class RustBatchBroadcastOperator<IN1, IN2, OUT> extends RustCoOperator<IN1, IN2, OUT>
    implements BoundedMultiInput, InputSelectable {

  private static final long serialVersionUID = 1L;

  /** The number by which {@link #endInput} calls the second input. */
  private static final int BROADCAST = 2;

  private transient boolean broadcastEnded;

  /**
   * Creates the operator.
   *
   * @param factory opens the stage
   * @param spec what to run, without the operator's name and subtask
   */
  public RustBatchBroadcastOperator(
      RustStageFactory factory,
      StageSpec spec,
      InputRecords<IN1> firstRecords,
      InputRecords<IN2> secondRecords,
      StageOutputs<OUT> outputs) {
    super(factory, spec, firstRecords, secondRecords, outputs);
  }

  @Override
  public InputSelection nextSelection() {
    return broadcastEnded ? InputSelection.FIRST : InputSelection.SECOND;
  }

  @Override
  public void endInput(int input) {
    broadcastEnded |= input == BROADCAST;
  }
}
