package org.brookite.operator;

import com.google.protobuf.ByteString;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.brookite.bridge.StageHost;
import org.brookite.proto.StateKind;

/**
 * Counts the records of each key and emits {@code key=count}. Holds counts back like the write-back
 * cache in Rust: bounded, the oldest entry leaves first.
 */
class CountingStage extends FakeStage {

  private final int cacheEntries;
  private final Map<ByteString, Long> cache = new LinkedHashMap<>();
  private final Set<ByteString> dirty = new HashSet<>();
  private int state;

  CountingStage(int cacheEntries) {
    this.cacheEntries = cacheEntries;
  }

  @Override
  void opened() {
    state = declare("count", StateKind.STATE_KIND_VALUE);
  }

  @Override
  void onRecord(byte[] key, byte[] record, long timestamp, FrameWriter frames) {
    ByteString cacheKey = ByteString.copyFrom(key);
    Long count = cache.get(cacheKey);
    if (count == null) {
      byte[] stored = host.readState(state, FrameWriter.NONE, StageHost.QUERY_VALUE, null);
      calls.add("read " + utf16(key) + (stored == null ? " absent" : ""));
      count = stored == null ? 0 : number(stored);
    }
    count++;
    cache.put(cacheKey, count);
    dirty.add(cacheKey);
    if (cache.size() > cacheEntries) {
      ByteString oldest = cache.keySet().iterator().next();
      write(oldest, frames);
      cache.remove(oldest);
    }
    frames.record(utf8(utf16(key) + "=" + count));
  }

  private void write(ByteString key, FrameWriter frames) {
    if (dirty.remove(key)) {
      frames.state(state, key.toByteArray(), number(cache.get(key)));
    }
  }

  @Override
  void onFlush(FrameWriter frames) {
    cache.keySet().forEach(key -> write(key, frames));
  }

  @Override
  void onDiscard() {
    cache.clear();
    dirty.clear();
  }
}
