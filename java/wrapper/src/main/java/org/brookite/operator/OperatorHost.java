package org.brookite.operator;

import com.google.protobuf.InvalidProtocolBufferException;
import org.brookite.RustJobException;
import org.brookite.bridge.StageHost;
import org.brookite.proto.DataType;

/** What an operator gives its stage: state, counters and a log. */
final class OperatorHost implements StageHost {

  private final StateBridge states;
  private final CounterBridge counters;
  private final LogBridge log;

  OperatorHost(StateBridge states, CounterBridge counters, LogBridge log) {
    this.states = states;
    this.counters = counters;
    this.log = log;
  }

  @Override
  public int registerState(String name, byte[] dataType) {
    try {
      return states.register(name, DataType.parseFrom(dataType));
    } catch (InvalidProtocolBufferException e) {
      throw new RustJobException("cannot read the type of state '" + name + "'", e);
    }
  }

  @Override
  public byte[] readState(int state) {
    return states.read(state);
  }

  @Override
  public int registerCounter(String name) {
    return counters.register(name);
  }

  @Override
  public void log(int level, String target, String message) {
    log.log(level, target, message);
  }
}
