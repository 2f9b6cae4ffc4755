package org.brookite.operator;

import com.google.protobuf.InvalidProtocolBufferException;
import java.io.IOException;
import java.util.Objects;
import org.apache.flink.api.common.TaskInfo;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.brookite.RustFunctionException;
import org.brookite.bridge.NativeBridge;
import org.brookite.edge.OffHeapBuffer;
import org.brookite.proto.Failure;
import org.brookite.proto.FailureKind;
import org.brookite.proto.StageSpec;
import org.brookite.proto.Subtask;

/**
 * Runs a stage of Rust functions, from opening it to releasing it, whatever its inputs are.
 *
 * <p>Results carry the timestamp of the record or timer that they result from, unless Rust gives
 * them another; those of {@link #finish} have none. Watermarks and all other elements pass through
 * as in any operator, since nothing is ever held back; Rust is told of a watermark before Flink
 * fires the timers that it makes due.
 *
 * <p>Rust holds changed state back to write it in one go. So it is told to write it before Flink
 * looks: before a checkpoint's barrier is sent on, and at the end of the input. On failure what was
 * held back is lost with everything since the last checkpoint, as it should be.
 *
 * <p>The stage is released by {@link #close} alone, which Flink calls in every case: after the end
 * of the input, on cancellation, and when another operator failed, whether this one was opened or
 * not.
 */
abstract class AbstractRustOperator<OUT> extends AbstractStreamOperator<OUT> {

  private static final long serialVersionUID = 1L;

  /** How long logs of other threads and changed log levels wait at most. */
  static final long TICK_MS = 5_000;

  private final RustStageFactory factory;
  private final byte[] encodedSpec;
  private final StageOutputs<OUT> outputs;

  private transient StageSpec spec;
  private transient StageBuffers buffers;
  private transient Emitter<OUT> emitter;
  private transient FrameReader frames;
  private transient FrameReader.Consumer results;
  private transient StateBridge<?> states;
  private transient RustStage stage;
  private transient boolean restored;
  private transient boolean finished;

  /**
   * Creates the operator.
   *
   * @param spec what to run; the operator itself fills in its name, its subtask and whether it was
   *     restored
   */
  AbstractRustOperator(RustStageFactory factory, StageSpec spec, StageOutputs<OUT> outputs) {
    this.factory = factory;
    this.encodedSpec = spec.toByteArray();
    this.outputs = outputs;
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    restored = context.isRestored();
  }

  @Override
  public void open() throws Exception {
    super.open();
    spec = specOfThisSubtask();
    buffers = new StageBuffers();
    boolean keepable = getExecutionConfig().isObjectReuseEnabled();
    emitter = outputs.open(spec, output, buffers.out(), keepable);
    frames = new FrameReader();
    results = new Results();
    openInputs(spec);
    states = openStates(spec);
    stage = factory.open(spec, host(), buffers, getUserCodeClassloader());
    getProcessingTimeService().scheduleWithFixedDelay(now -> tick(), TICK_MS, TICK_MS);
  }

  private StageSpec specOfThisSubtask() throws InvalidProtocolBufferException {
    TaskInfo task = getRuntimeContext().getTaskInfo();
    StageSpec.Builder unnamed = StageSpec.parseFrom(encodedSpec).toBuilder();
    // Flink's test harness runs operators without a name.
    String name =
        Objects.requireNonNullElseGet(
            getOperatorConfig().getOperatorName(),
            () -> String.join(" -> ", unnamed.getFunctionsList()));
    return unnamed
        .setStage(name)
        .setStoreIsEmpty(!restored)
        .setSubtask(
            Subtask.newBuilder()
                .setIndex(task.getIndexOfThisSubtask())
                .setParallelism(task.getNumberOfParallelSubtasks())
                .setAttempt(task.getAttemptNumber()))
        .build();
  }

  private OperatorHost host() {
    String name = spec.getStage();
    Subtask subtask = spec.getSubtask();
    String origin =
        String.format("%s (%d/%d)", name, subtask.getIndex() + 1, subtask.getParallelism());
    return new OperatorHost(
        states,
        new MetricBridge(name, getMetricGroup()),
        new LogBridge(origin),
        getProcessingTimeService(),
        buffers.out());
  }

  /** Makes the inputs' edges, before the stage is opened. */
  abstract void openInputs(StageSpec spec) throws Exception;

  /** Makes what the stage's states are kept in. */
  StateBridge<?> openStates(StageSpec spec) {
    return new StateBridge<>(spec.getStage(), Namespaces.NONE, null, getOperatorStateBackend());
  }

  /**
   * Hands a record to the stage.
   *
   * @param keyLength length of the key at the beginning of the in buffer, 0 when there is none, or
   *     {@link NativeBridge#KEY_IS_RECORD} when the record is its own key
   */
  final <IN> void process(StageInput<IN> input, StreamRecord<IN> element, int keyLength)
      throws IOException {
    IN value = element.getValue();
    if (value == null) {
      throw nullRecord();
    }
    OffHeapBuffer in = buffers.in();
    int recordLength = input.edge.write(value, in, Math.max(0, keyLength));
    passGrownIn();
    emitter.setTimestamp(element);
    long timestamp = element.hasTimestamp() ? element.getTimestamp() : RustStage.NO_TIMESTAMP;
    apply(stage.process(input.index, keyLength, recordLength, timestamp));
  }

  /** Tells the stage when the in buffer was replaced by a larger one. */
  final void passGrownIn() {
    OffHeapBuffer in = buffers.in();
    if (in.takeReplaced()) {
      stage.growIn(in.bytes());
    }
  }

  /** Applies the output of a call; its length says what it is, see {@link RustStage}. */
  void apply(int length) throws IOException {
    if (length < 0) {
      emitter.record(0, ~length);
      return;
    }
    OffHeapBuffer out = buffers.out();
    if (length > out.capacity()) {
      out.reserve(0, length);
      stage.growOut(out.bytes());
    }
    frames.read(out, length, results);
  }

  @Override
  public void processWatermark(Watermark mark) throws Exception {
    emitter.eraseTimestamp();
    apply(stage.advanceWatermark(mark.getTimestamp()));
    super.processWatermark(mark);
  }

  /** Runs between two records, like every timer of Flink's. */
  private void tick() {
    if (stage != null) {
      stage.tick();
    }
  }

  /** Returns the stage, null when it is not open. */
  final RustStage stage() {
    return stage;
  }

  final StageBuffers buffers() {
    return buffers;
  }

  final Emitter<OUT> emitter() {
    return emitter;
  }

  final StateBridge<?> states() {
    return states;
  }

  /** Stores a change of state. */
  void write(StateFrame frame) throws IOException {
    states.write(buffers.out(), frame);
  }

  /** Registers or deletes a timer. */
  void set(TimerFrame frame) throws IOException {
    throw new IllegalStateException(
        String.format(
            "stage '%s' set a timer, but its stream has no key, and timers belong to keys: call"
                + " keyBy before the function",
            spec.getStage()));
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
  void flush() throws IOException {
    if (!finished) {
      emitter.eraseTimestamp();
      apply(stage.flush());
    }
  }

  @Override
  public void finish() throws Exception {
    emitter.eraseTimestamp();
    apply(stage.finish());
    finished = true;
    super.finish();
  }

  @Override
  public void close() throws Exception {
    RustStage closing = stage;
    stage = null;
    try {
      if (closing != null) {
        closing.close();
      }
    } finally {
      super.close();
    }
  }

  private RustFunctionException nullRecord() {
    return new RustFunctionException(
        Failure.newBuilder()
            .setKind(FailureKind.FAILURE_KIND_BAD_INPUT)
            .setFunction(spec.getFunctions(0))
            .setStage(spec.getStage())
            .setSubtask(spec.getSubtask())
            .setPhase("process")
            .setInput("null")
            .setMessage(
                "expected a value, found null. Rust functions take no null record: filter them out"
                    + " before, or make the value a nullable column of a row")
            .build());
  }

  /** Emits results, and passes on what is to be done with states and timers. */
  private final class Results implements FrameReader.Consumer {

    @Override
    public void record(int offset, int length) throws IOException {
      emitter.record(offset, length);
    }

    @Override
    public void timedRecord(long timestamp, int offset, int length) throws IOException {
      emitter.timedRecord(timestamp, offset, length);
    }

    @Override
    public void sideRecord(int side, int offset, int length) throws IOException {
      emitter.sideRecord(side, offset, length);
    }

    @Override
    public void state(StateFrame frame) throws IOException {
      write(frame);
    }

    @Override
    public void timer(TimerFrame frame) throws IOException {
      set(frame);
    }
  }
}
