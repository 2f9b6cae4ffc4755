package org.brookite.operator;

import java.io.IOException;
import org.apache.flink.api.common.state.ValueState;
import org.brookite.bridge.StageHost;

/** A value for each key. Accumulators of reducing and aggregating states are such values, too. */
final class ValueStore implements StateStore {

  private final ValueState<byte[]> state;

  ValueStore(ValueState<byte[]> state) {
    this.state = state;
  }

  @Override
  public byte[] read(int query, byte[] entry) throws IOException {
    if (query != StageHost.QUERY_VALUE) {
      throw StateStore.unknown("query", query, "a value");
    }
    return state.value();
  }

  @Override
  public void write(int change, byte[] entry, byte[] value) throws IOException {
    switch (change) {
      case StageHost.CHANGE_UPDATE:
        state.update(value);
        break;
      case StageHost.CHANGE_CLEAR:
        state.clear();
        break;
      default:
        throw StateStore.unknown("change", change, "a value");
    }
  }
}
