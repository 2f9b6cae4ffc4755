package org.brookite.operator;

import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.brookite.RustJobException;
import org.brookite.edge.OffHeapBuffer;
import org.brookite.proto.StageSpec;

/** Runs Rust functions on a stream without key. They have no state. */
public final class RustOperator<IN, OUT> extends AbstractRustOperator<IN, OUT> {

  private static final long serialVersionUID = 1L;

  /**
   * Creates the operator.
   *
   * @param factory opens the stage
   * @param spec what to run, without the operator's name and subtask
   */
  public RustOperator(
      RustStageFactory factory,
      StageSpec spec,
      TypeSerializer<IN> inputSerializer,
      TypeSerializer<OUT> outputSerializer) {
    super(factory, spec, inputSerializer, outputSerializer);
  }

  @Override
  void openEdges(StageSpec spec) {
    // Records have their edges; there is no key.
  }

  @Override
  StateBridge openStates(String operator) {
    return new StateBridge(
        operator,
        state -> {
          throw new RustJobException("its stream has no key, and state belongs to keys");
        });
  }

  @Override
  int writeKey(IN record, OffHeapBuffer in) {
    return 0;
  }

  @Override
  void writeState(
      OffHeapBuffer out,
      int state,
      int keyOffset,
      int keyLength,
      int valueOffset,
      int valueLength) {
    throw new IllegalStateException("a stage without key returned a change of state " + state);
  }
}
