package org.brookite.operator;

import org.apache.flink.api.common.state.BroadcastState;
import org.brookite.bridge.StageHost;
import org.brookite.state.MapKey;

/** A map of the subtask, the same in all of them. */
final class BroadcastStore implements StateStore {

  private final BroadcastState<MapKey, byte[]> state;

  BroadcastStore(BroadcastState<MapKey, byte[]> state) {
    this.state = state;
  }

  @Override
  public byte[] read(int query, byte[] entry) throws Exception {
    switch (query) {
      case StageHost.QUERY_ENTRY:
        return state.get(new MapKey(entry));
      case StageHost.QUERY_ENTRIES:
        return Parts.join(state.entries());
      default:
        throw StateStore.unknown("query", query, "a broadcast state");
    }
  }

  @Override
  public void write(int change, byte[] entry, byte[] value) throws Exception {
    switch (change) {
      case StageHost.CHANGE_PUT_ENTRY:
        state.put(new MapKey(entry), value);
        break;
      case StageHost.CHANGE_REMOVE_ENTRY:
        state.remove(new MapKey(entry));
        break;
      case StageHost.CHANGE_CLEAR:
        state.clear();
        break;
      default:
        throw StateStore.unknown("change", change, "a broadcast state");
    }
  }
}
