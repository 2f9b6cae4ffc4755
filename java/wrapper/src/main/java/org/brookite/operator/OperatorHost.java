package org.brookite.operator;

import com.google.protobuf.InvalidProtocolBufferException;
import java.nio.ByteBuffer;
import org.apache.flink.streaming.runtime.tasks.ProcessingTimeService;
import org.brookite.RustJobException;
import org.brookite.bridge.StageHost;
import org.brookite.edge.OffHeapBuffer;
import org.brookite.proto.MetricDeclaration;
import org.brookite.proto.StateDeclaration;

/** What an operator gives its stage: state, metrics, a clock and a log. */
final class OperatorHost implements StageHost {

  /** The namespace of functions without windows. */
  private static final byte[] OWN = {};

  private final StateBridge<?> states;
  private final MetricBridge metrics;
  private final LogBridge log;
  private final ProcessingTimeService clock;
  private final OffHeapBuffer out;

  /** A value that did not fit, for the question that follows. */
  private byte[] tooLong;

  /**
   * Creates the host.
   *
   * @param out where answers are left that fit
   */
  OperatorHost(
      StateBridge<?> states,
      MetricBridge metrics,
      LogBridge log,
      ProcessingTimeService clock,
      OffHeapBuffer out) {
    this.out = out;
    this.states = states;
    this.metrics = metrics;
    this.log = log;
    this.clock = clock;
  }

  @Override
  public int registerState(byte[] declaration) {
    try {
      return states.register(StateDeclaration.parseFrom(declaration));
    } catch (InvalidProtocolBufferException e) {
      throw new RustJobException("cannot read the declaration of a state", e);
    }
  }

  @Override
  public byte[] readState(int state, byte[] namespace, int query, byte[] entry) {
    byte[] found = tooLong;
    if (found == null) {
      return states.read(state, orEmpty(namespace), query, entry);
    }
    tooLong = null;
    return found;
  }

  @Override
  public int readValue(int state) {
    byte[] value = states.read(state, OWN, QUERY_VALUE, null);
    if (value == null) {
      return ABSENT;
    }
    if (value.length > out.capacity()) {
      tooLong = value;
      return NOT_HERE;
    }
    out.segment().put(0, value);
    return value.length;
  }

  @Override
  public void writeState(int state, byte[] namespace, int change, byte[] entry, byte[] value) {
    states.write(state, orEmpty(namespace), change, entry, value);
  }

  private static byte[] orEmpty(byte[] namespace) {
    return namespace == null ? OWN : namespace;
  }

  @Override
  public long processingTime() {
    return clock.getCurrentProcessingTime();
  }

  @Override
  public ByteBuffer registerMetric(byte[] declaration) {
    try {
      return metrics.register(MetricDeclaration.parseFrom(declaration));
    } catch (InvalidProtocolBufferException e) {
      throw new RustJobException("cannot read the declaration of a metric", e);
    }
  }

  @Override
  public int logLevel(String target) {
    return log.level(target);
  }

  @Override
  public void log(int level, String target, String function, String thread, String message) {
    log.log(level, target, function, thread, message);
  }
}
