package org.brookite.pipeline;

import java.io.IOException;
import java.util.List;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.brookite.RustJobException;

/**
 * Keeps the records that it is given in an accumulator.
 *
 * <p>Flink drops the accumulators of a failed attempt. What was collected up to a checkpoint is
 * part of it, so that each record is there once all the same.
 */
final class CollectOperator<T> extends AbstractStreamOperator<Void>
    implements OneInputStreamOperator<T, Void> {

  private static final long serialVersionUID = 1L;

  /** Accumulators travel in messages of at most 10 MiB by default (pekko.framesize), in Base64. */
  private static final int MOST_BYTES = 6 << 20;

  private final String name;
  private final TypeSerializer<T> serializer;

  private transient DataOutputSerializer buffer;
  private transient CollectedRecords collected;
  private transient ListState<byte[]> state;

  CollectOperator(String name, TypeSerializer<T> serializer) {
    this.name = name;
    this.serializer = serializer;
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    state =
        context
            .getOperatorStateStore()
            .getListState(
                new ListStateDescriptor<>(
                    "collected", PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO));
    collected = new CollectedRecords();
    for (byte[] before : state.get()) {
      collected.add(before);
    }
  }

  @Override
  public void open() throws Exception {
    super.open();
    buffer = new DataOutputSerializer(256);
    getRuntimeContext().addAccumulator(CollectedRecords.PREFIX + name, collected);
  }

  @Override
  public void processElement(StreamRecord<T> element) throws IOException {
    buffer.clear();
    buffer.writeInt(0);
    serializer.serialize(element.getValue(), buffer);
    buffer.writeIntUnsafe(buffer.length() - Integer.BYTES, 0);
    collected.add(buffer.getCopyOfBuffer());
    if (collected.length() > MOST_BYTES) {
      throw new RustJobException(
          String.format(
              "collect('%s') has more than %d MiB in one subtask: it is made for tests; write larger"
                  + " results to files or another sink",
              name, MOST_BYTES >> 20));
    }
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    state.update(List.of(collected.bytes()));
  }
}
