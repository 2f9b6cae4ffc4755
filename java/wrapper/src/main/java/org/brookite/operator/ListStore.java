package org.brookite.operator;

import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.state.ListState;
import org.brookite.bridge.StageHost;

/** A list, of a key or of the subtask. */
final class ListStore implements StateStore {

  private final ListState<byte[]> state;

  ListStore(ListState<byte[]> state) {
    this.state = state;
  }

  @Override
  public byte[] read(int query, byte[] entry) throws Exception {
    if (query != StageHost.QUERY_LIST) {
      throw StateStore.unknown("query", query, "a list");
    }
    Iterable<byte[]> elements = state.get();
    if (elements == null) {
      return null;
    }
    List<byte[]> parts = new ArrayList<>();
    elements.forEach(parts::add);
    return Parts.join(parts);
  }

  @Override
  public void write(int change, byte[] entry, byte[] value) throws Exception {
    switch (change) {
      case StageHost.CHANGE_APPEND:
        state.add(value);
        break;
      case StageHost.CHANGE_UPDATE:
        state.update(Parts.split(value));
        break;
      case StageHost.CHANGE_CLEAR:
        state.clear();
        break;
      default:
        throw StateStore.unknown("change", change, "a list");
    }
  }
}
