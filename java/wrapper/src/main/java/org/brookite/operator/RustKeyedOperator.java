package org.brookite.operator;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.sorted.state.BatchExecutionKeyedStateBackend;
import org.apache.flink.util.Preconditions;
import org.brookite.bridge.NativeBridge;
import org.brookite.edge.Edges;
import org.brookite.edge.InputEdge;
import org.brookite.edge.OffHeapBuffer;
import org.brookite.edge.OutputEdge;
import org.brookite.proto.StageSpec;

/**
 * Runs Rust functions on a keyed stream, with state.
 *
 * <p>Rust holds changed state back to write it in one go. So it is told to write it before Flink
 * looks: before a checkpoint's barrier is sent on, at the end of the input, and in BATCH mode,
 * where Flink drops the state of a key when the next one begins, at every change of key. On failure
 * what was held back is lost with everything since the last checkpoint, as it should be.
 */
public final class RustKeyedOperator<K, IN, OUT> extends AbstractRustOperator<IN, OUT> {

  private static final long serialVersionUID = 1L;

  private final TypeSerializer<K> keySerializer;

  private transient InputEdge<K> keyInput;
  private transient OutputEdge<K> keyOutput;
  private transient StateBridge states;
  private transient boolean sameEdge;
  private transient boolean keysEnd;
  private transient boolean finished;

  /** The key of the record at hand. */
  private transient K currentKey;

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
      TypeSerializer<IN> inputSerializer,
      TypeSerializer<OUT> outputSerializer) {
    super(factory, spec, inputSerializer, outputSerializer);
    this.keySerializer = keySerializer;
  }

  @Override
  public void open() throws Exception {
    super.open();
    keysEnd = getKeyedStateBackend() instanceof BatchExecutionKeyedStateBackend;
  }

  @Override
  void openEdges(StageSpec spec) {
    // Rows aside: a row that is a key is looked at more closely than one that is a record.
    sameEdge = spec.getKey().equals(spec.getInput()) && !spec.getKey().getType().hasRow();
    keyInput = Edges.keyInput(spec.getKey(), keySerializer);
    keyOutput = Edges.keyOutput(spec.getKey(), keySerializer);
  }

  @Override
  StateBridge openStates(String operator) {
    states =
        new StateBridge(
            operator,
            new StateBridge.Backend() {
              @Override
              public ValueState<byte[]> open(ValueStateDescriptor<byte[]> descriptor)
                  throws Exception {
                return getPartitionedState(descriptor);
              }

              @Override
              public void selectRecordKey() {
                select(currentKey);
              }
            });
    return states;
  }

  @Override
  int writeKey(IN record, OffHeapBuffer in) throws IOException {
    K key = currentKey;
    return key == record && sameEdge ? NativeBridge.KEY_IS_RECORD : keyInput.write(key, in, 0);
  }

  /**
   * Notes the key down. The backend, which hashes it, is told when its state is accessed, and that
   * is seldom: Rust remembers the state of the keys that it saw lately.
   *
   * <p>In BATCH mode the backend is told at once, after the state of the old key was written back
   * while there still is an old key.
   */
  @Override
  @SuppressWarnings("unchecked") // The stream is keyed by K.
  public void setCurrentKey(Object key) {
    Preconditions.checkNotNull(
        key, "the key selector returned null: keys of a keyed stream must not be null");
    if (keysEnd && !key.equals(currentKey)) {
      if (currentKey != null) {
        endKey();
      }
      select((K) key);
    }
    currentKey = (K) key;
  }

  @Override
  public Object getCurrentKey() {
    return currentKey;
  }

  private void select(K key) {
    if (!key.equals(super.getCurrentKey())) {
      super.setCurrentKey(key);
    }
  }

  private void endKey() {
    try {
      apply(stage().endKey());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  void writeState(
      OffHeapBuffer out, int state, int keyOffset, int keyLength, int valueOffset, int valueLength)
      throws IOException {
    select(keyOutput.read(out, keyOffset, keyLength));
    byte[] value = null;
    if (valueLength != FrameReader.CLEARED) {
      value = new byte[valueLength];
      out.segment().get(valueOffset, value);
    }
    states.write(state, value);
  }

  @Override
  public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
    flush();
    super.prepareSnapshotPreBarrier(checkpointId);
  }

  /** Nothing should be left to write after the barrier; if something is, it must not be lost. */
  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    flush();
    super.snapshotState(context);
  }

  /** A finished stage has written everything; the last checkpoint follows all the same. */
  private void flush() throws IOException {
    if (!finished) {
      apply(stage().flush());
    }
  }

  @Override
  public void finish() throws Exception {
    super.finish();
    finished = true;
  }
}
