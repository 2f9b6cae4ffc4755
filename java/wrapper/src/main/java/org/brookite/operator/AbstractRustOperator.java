package org.brookite.operator;

import com.google.protobuf.InvalidProtocolBufferException;
import java.io.IOException;
import java.util.Objects;
import org.apache.flink.api.common.TaskInfo;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.TimestampedCollector;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.brookite.RustFunctionException;
import org.brookite.bridge.NativeBridge;
import org.brookite.edge.Edges;
import org.brookite.edge.InputEdge;
import org.brookite.edge.OffHeapBuffer;
import org.brookite.edge.OutputEdge;
import org.brookite.proto.Failure;
import org.brookite.proto.FailureKind;
import org.brookite.proto.StageSpec;
import org.brookite.proto.Subtask;

/**
 * Runs a stage of Rust functions on one input, from opening it to releasing it.
 *
 * <p>Results carry the timestamp of the record that they result from; those of {@link #finish} have
 * none. Watermarks and all other elements pass through as in any operator, since nothing is ever
 * held back.
 *
 * <p>The stage is released by {@link #close} alone, which Flink calls in every case: after the end
 * of the input, on cancellation, and when another operator failed, whether this one was opened or
 * not.
 */
abstract class AbstractRustOperator<IN, OUT> extends AbstractStreamOperator<OUT>
    implements OneInputStreamOperator<IN, OUT> {

  private static final long serialVersionUID = 1L;

  private final RustStageFactory factory;
  private final byte[] encodedSpec;
  private final TypeSerializer<IN> inputSerializer;
  private final TypeSerializer<OUT> outputSerializer;

  private transient StageSpec spec;
  private transient StageBuffers buffers;
  private transient InputEdge<IN> inputEdge;
  private transient OutputEdge<OUT> outputEdge;
  private transient TimestampedCollector<OUT> collector;
  private transient FrameReader.Consumer results;
  private transient RustStage stage;

  /**
   * Creates the operator.
   *
   * @param spec what to run; the operator itself fills in its name and its subtask
   */
  AbstractRustOperator(
      RustStageFactory factory,
      StageSpec spec,
      TypeSerializer<IN> inputSerializer,
      TypeSerializer<OUT> outputSerializer) {
    this.factory = factory;
    this.encodedSpec = spec.toByteArray();
    this.inputSerializer = inputSerializer;
    this.outputSerializer = outputSerializer;
  }

  @Override
  public void open() throws Exception {
    super.open();
    spec = specOfThisSubtask();
    buffers = new StageBuffers();
    inputEdge = Edges.input(spec.getInput(), inputSerializer);
    boolean keepable = getExecutionConfig().isObjectReuseEnabled();
    outputEdge = Edges.output(spec.getOutput(), outputSerializer, keepable);
    collector = new TimestampedCollector<>(output);
    results = new Results();
    openEdges(spec);
    stage = factory.open(spec, host(), buffers, getUserCodeClassloader());
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
        openStates(name),
        new CounterBridge(name, getMetricGroup(), buffers.counters()),
        new LogBridge(origin));
  }

  /** Makes further edges, before the stage is opened. */
  abstract void openEdges(StageSpec spec);

  /** Makes what the stage's states are kept in. */
  abstract StateBridge openStates(String operator);

  /**
   * Writes the current key to the beginning of the buffer and returns its length, or {@link
   * NativeBridge#KEY_IS_RECORD} when there is no need, as the record is its own key.
   */
  abstract int writeKey(IN record, OffHeapBuffer in) throws IOException;

  /** Stores a change of state; see {@link FrameReader.Consumer#state}. */
  abstract void writeState(
      OffHeapBuffer out, int state, int keyOffset, int keyLength, int valueOffset, int valueLength)
      throws IOException;

  @Override
  public void processElement(StreamRecord<IN> element) throws Exception {
    IN value = element.getValue();
    if (value == null) {
      throw nullRecord();
    }
    OffHeapBuffer in = buffers.in();
    int keyLength = writeKey(value, in);
    int recordLength = inputEdge.write(value, in, Math.max(0, keyLength));
    if (in.takeReplaced()) {
      stage.growIn(in.bytes());
    }
    collector.setTimestamp(element);
    long timestamp = element.hasTimestamp() ? element.getTimestamp() : RustStage.NO_TIMESTAMP;
    apply(stage.process(keyLength, recordLength, timestamp));
  }

  /** Applies the output of a call; its length says what it is, see {@link RustStage}. */
  void apply(int length) throws IOException {
    OffHeapBuffer out = buffers.out();
    if (length < 0) {
      collector.collect(outputEdge.read(out, 0, ~length));
      return;
    }
    if (length > out.capacity()) {
      out.reserve(0, length);
      stage.growOut(out.bytes());
    }
    FrameReader.read(out, length, results);
  }

  /** Returns the stage, null when it is not open. */
  RustStage stage() {
    return stage;
  }

  @Override
  public void finish() throws Exception {
    collector.eraseTimestamp();
    apply(stage.finish());
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

  /** Emits results, and passes changes of state on. */
  private final class Results implements FrameReader.Consumer {

    @Override
    public void record(int offset, int length) throws IOException {
      collector.collect(outputEdge.read(buffers.out(), offset, length));
    }

    @Override
    public void state(int state, int keyOffset, int keyLength, int valueOffset, int valueLength)
        throws IOException {
      writeState(buffers.out(), state, keyOffset, keyLength, valueOffset, valueLength);
    }
  }
}
