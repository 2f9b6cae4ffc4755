package org.brookite.operator;

import java.io.IOException;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.brookite.proto.StageSpec;

/**
 * Gives each record the timestamp that a Rust function reads from it. Watermarks are left to Flink:
 * its own operator follows.
 */
public final class RustTimestampOperator<T> extends AbstractRustOperator<T>
    implements OneInputStreamOperator<T, T> {

  private static final long serialVersionUID = 1L;

  private final InputRecords<T> records;

  private transient StageInput<T> input;
  private transient long timestamp;

  /**
   * Creates the operator.
   *
   * @param factory opens the stage
   * @param spec what to run, without the operator's name and subtask; its output is BIGINT
   */
  public RustTimestampOperator(RustStageFactory factory, StageSpec spec, InputRecords<T> records) {
    super(factory, spec, StageOutputs.none());
    this.records = records;
  }

  @Override
  void openInputs(StageSpec spec) {
    input = new StageInput<>(StageInput.FIRST, spec.getInput(), records, false);
  }

  @Override
  public void processElement(StreamRecord<T> element) throws Exception {
    process(input, element, 0);
    element.setTimestamp(timestamp);
    output.collect(element);
  }

  /** The one result of a record is its timestamp. */
  @Override
  void apply(int length) throws IOException {
    if (length >= 0) {
      super.apply(length);
    } else if (~length == Long.BYTES) {
      timestamp = buffers().out().segment().getLongBigEndian(0);
    } else {
      throw new IOException(
          String.format(
              "malformed output from Rust: expected a timestamp of 8 bytes, found %d", ~length));
    }
  }
}
