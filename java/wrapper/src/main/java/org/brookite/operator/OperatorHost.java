package org.brookite.operator;

import com.google.protobuf.InvalidProtocolBufferException;
import java.nio.ByteBuffer;
import org.apache.flink.streaming.runtime.tasks.ProcessingTimeService;
import org.brookite.RustJobException;
import org.brookite.bridge.StageHost;
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

  OperatorHost(
      StateBridge<?> states, MetricBridge metrics, LogBridge log, ProcessingTimeService clock) {
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
    return states.read(state, orEmpty(namespace), query, entry);
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
