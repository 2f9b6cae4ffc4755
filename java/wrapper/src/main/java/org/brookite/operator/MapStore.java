package org.brookite.operator;

import java.util.Map;
import org.apache.flink.api.common.state.MapState;
import org.brookite.bridge.StageHost;
import org.brookite.state.MapKey;

/** A map for each key. */
final class MapStore implements StateStore {

  private final MapState<MapKey, byte[]> state;

  MapStore(MapState<MapKey, byte[]> state) {
    this.state = state;
  }

  @Override
  public byte[] read(int query, byte[] entry) throws Exception {
    switch (query) {
      case StageHost.QUERY_ENTRY:
        return state.get(new MapKey(entry));
      case StageHost.QUERY_ENTRIES:
        Iterable<Map.Entry<MapKey, byte[]>> entries = state.entries();
        return entries == null ? null : Parts.join(entries);
      default:
        throw StateStore.unknown("query", query, "a map");
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
        throw StateStore.unknown("change", change, "a map");
    }
  }
}
