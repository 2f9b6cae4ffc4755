package org.brookite.operator;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.flink.api.common.state.State;
import org.apache.flink.api.common.state.StateDescriptor;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.streaming.api.operators.InternalTimer;
import org.apache.flink.streaming.api.operators.sorted.state.BatchExecutionKeyedStateBackend;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.Preconditions;
import org.brookite.bridge.NativeBridge;
import org.brookite.edge.Edges;
import org.brookite.edge.InputEdge;
import org.brookite.edge.OffHeapBuffer;
import org.brookite.edge.OutputEdge;
import org.brookite.proto.Edge;
import org.brookite.proto.StageSpec;

/**
 * Runs Rust functions with the state and the timers of a key.
 *
 * <p>In BATCH mode a key's records come one after the other. When the next key begins, Flink fires
 * the timers of the old one, as if time had come to its end, and drops its state. So Rust is told
 * that time has come to its end ahead of the first of these timers, and after the last of them to
 * forget what it remembers of the key: there is nothing left to write it to.
 */
abstract class AbstractRustKeyedOperator<K, OUT> extends AbstractRustOperator<OUT> {

  private static final long serialVersionUID = 1L;

  private final TypeSerializer<K> keySerializer;

  private transient Edge keyEdge;
  private transient InputEdge<K> keyInput;
  private transient OutputEdge<K> keyOutput;
  private transient TimerBridge<K, ?> timers;
  private transient FlushTime flushTime;
  private transient boolean batch;
  private transient boolean endOfTime;

  /** Whether the record of the call in progress has no key: it was broadcast. */
  private transient boolean keyless;

  /** The key of the call in progress. */
  private transient K currentKey;

  /** How many bytes of it are at the beginning of the in buffer, -1 when that is not known. */
  private transient int callKeyLength;

  AbstractRustKeyedOperator(
      RustStageFactory factory,
      StageSpec spec,
      TypeSerializer<K> keySerializer,
      StageOutputs<OUT> outputs) {
    super(factory, spec, outputs);
    this.keySerializer = keySerializer;
  }

  @Override
  void openInputs(StageSpec spec) throws Exception {
    batch = getKeyedStateBackend() instanceof BatchExecutionKeyedStateBackend;
    keyEdge = spec.getKey();
    keyInput = Edges.keyInput(keyEdge, keySerializer);
    keyOutput = Edges.keyOutput(keyEdge, keySerializer);
    callKeyLength = -1;
    flushTime = new FlushTime(getMetricGroup());
  }

  /** Makes an input of the operator. */
  final <IN> StageInput<IN> input(int index, Edge edge, InputRecords<IN> records) {
    // Rows aside: a row that is a key is looked at more closely than one that is a record.
    boolean looksLikeKey = keyEdge.equals(edge) && !edge.getType().hasRow();
    return new StageInput<>(index, edge, records, looksLikeKey);
  }

  @Override
  StateBridge<?> openStates(StageSpec spec) {
    return openStates(spec, Namespaces.of(spec));
  }

  private <N> StateBridge<N> openStates(StageSpec spec, Namespaces<N> namespaces) {
    TimerBridge<K, N> bridge = new TimerBridge<>(namespaces, this);
    bridge.open(getInternalTimerService(namespaces.timers(), namespaces.serializer(), bridge));
    timers = bridge;
    return new StateBridge<>(
        spec.getStage(),
        namespaces,
        new StateBridge.Keyed<>() {
          @Override
          public <S extends State> S open(StateDescriptor<S, ?> descriptor) throws Exception {
            return getOrCreateKeyedState(namespaces.serializer(), descriptor);
          }

          @Override
          public void selectCallKey() {
            if (keyless) {
              throw new IllegalStateException(
                  "it was asked for while a record without key is processed, and state belongs to"
                      + " keys: use broadcast state on the side that is broadcast");
            }
            select(currentKey);
          }
        },
        getOperatorStateBackend());
  }

  /** Hands a record of the current key to the stage. */
  final <IN> void processKeyed(StageInput<IN> input, StreamRecord<IN> element) throws IOException {
    process(input, element, writeKey(input, element.getValue()));
  }

  /** Hands a record to the stage that has no key. */
  final <IN> void processKeyless(StageInput<IN> input, StreamRecord<IN> element)
      throws IOException {
    keyless = true;
    callKeyLength = -1;
    process(input, element, 0);
    keyless = false;
  }

  private <IN> int writeKey(StageInput<IN> input, IN record) throws IOException {
    K key = currentKey;
    if (key == record && input.looksLikeKey) {
      callKeyLength = -1;
      return NativeBridge.KEY_IS_RECORD;
    }
    return callKeyLength = keyInput.write(key, buffers().in(), 0);
  }

  /** Fires a timer of the current key. */
  final <N> void fire(int domain, InternalTimer<K, N> timer, Namespaces<N> namespaces)
      throws IOException {
    if (batch && !endOfTime) {
      endOfTime = true;
      emitter().eraseTimestamp();
      apply(stage().advanceWatermark(Long.MAX_VALUE));
    }
    OffHeapBuffer in = buffers().in();
    callKeyLength = keyInput.write(currentKey, in, 0);
    int namespaceLength = namespaces.write(timer.getNamespace(), in, callKeyLength);
    passGrownIn();
    if (domain == RustStage.EVENT_TIME) {
      emitter().setTimestamp(timer.getTimestamp());
    } else {
      emitter().eraseTimestamp();
    }
    apply(stage().fireTimer(domain, callKeyLength, namespaceLength, timer.getTimestamp()));
  }

  /**
   * Notes the key down. The backend, which hashes it, is told when its state is accessed, and that
   * is seldom: Rust remembers the state of the keys that it saw lately. In BATCH mode the backend
   * is told at once.
   */
  @Override
  @SuppressWarnings("unchecked") // The stream is keyed by K.
  public final void setCurrentKey(Object key) {
    Preconditions.checkNotNull(
        key, "the key selector returned null: keys of a keyed stream must not be null");
    if (batch && !key.equals(currentKey)) {
      beginKey((K) key);
    }
    currentKey = (K) key;
    callKeyLength = -1;
  }

  @Override
  public final Object getCurrentKey() {
    return currentKey;
  }

  private void beginKey(K next) {
    // The timers of the old key fire in here, with the old key as the current one.
    select(next);
    if (currentKey == null) {
      return;
    }
    try {
      apply(stage().discard());
      if (endOfTime) {
        endOfTime = false;
        apply(stage().advanceWatermark(Long.MIN_VALUE));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void select(K key) {
    if (!key.equals(super.getCurrentKey())) {
      super.setCurrentKey(key);
    }
  }

  @Override
  final void write(StateFrame frame) throws IOException {
    if (states().isKeyed(frame.state())) {
      select(key(frame.keyOffset(), frame.keyLength()));
    }
    super.write(frame);
  }

  @Override
  final void set(TimerFrame frame) throws IOException {
    K key = currentKey;
    // Timers belong to what getCurrentKey returns.
    currentKey = key(frame.keyOffset(), frame.keyLength());
    timers.set(buffers().out(), frame);
    currentKey = key;
  }

  /** Returns the key of a frame; in general the current one, which need not be decoded. */
  private K key(int offset, int length) throws IOException {
    OffHeapBuffer out = buffers().out();
    if (length == callKeyLength
        && out.segment().equalTo(buffers().in().segment(), offset, 0, length)) {
      return currentKey;
    }
    return keyOutput.read(out, offset, length);
  }

  @Override
  public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
    flushTime.beginCheckpoint();
    super.prepareSnapshotPreBarrier(checkpointId);
  }

  @Override
  final void flush() throws IOException {
    long begin = System.nanoTime();
    super.flush();
    flushTime.add(System.nanoTime() - begin);
  }
}
