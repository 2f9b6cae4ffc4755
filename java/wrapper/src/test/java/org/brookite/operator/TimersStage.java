package org.brookite.operator;

import org.brookite.bridge.StageHost;
import org.brookite.proto.StateKind;

/**
 * Sets timers as records say, {@code key event 10}, {@code key clock 10}, {@code key event delete
 * 10}, and emits {@code key@time} when one fires, behind which is how many of the key's fired
 * before, which it keeps in state. It remembers that of one key, and writes it back when it is told
 * to.
 */
class TimersStage extends FakeStage {

  byte[] namespace = FrameWriter.NONE;

  private int state;
  private long watermark = Long.MIN_VALUE;
  private byte[] rememberedKey;
  private long remembered;

  @Override
  void opened() {
    state = declare("fired", StateKind.STATE_KIND_VALUE);
  }

  @Override
  void onWatermark(long watermark, FrameWriter frames) {
    this.watermark = watermark;
  }

  @Override
  void onRecord(byte[] key, byte[] record, long timestamp, FrameWriter frames) {
    String[] words = utf16(record).split(" ");
    int domain = words[1].equals("event") ? RustStage.EVENT_TIME : RustStage.PROCESSING_TIME;
    long time = Long.parseLong(words[words.length - 1]);
    if (words[2].equals("delete")) {
      frames.delete(domain, time, key, namespace);
    } else {
      frames.register(domain, time, key, namespace);
    }
  }

  @Override
  void onTimer(int domain, byte[] key, byte[] namespace, long time, FrameWriter frames) {
    if (domain == RustStage.EVENT_TIME && watermark < time) {
      throw new IllegalStateException("the watermark is still at " + watermark);
    }
    if (rememberedKey == null || !utf16(rememberedKey).equals(utf16(key))) {
      onFlush(frames);
      byte[] stored = host.readState(state, namespace, StageHost.QUERY_VALUE, null);
      remembered = stored == null ? 0 : number(stored);
      rememberedKey = key;
    }
    String window = namespace.length == 0 ? "" : "[" + namespace[15] + "]";
    frames.record(utf8(utf16(key) + window + "@" + time + " " + remembered++));
    this.namespace = namespace;
    if (time == 50) {
      frames.register(RustStage.EVENT_TIME, 60, key, namespace);
    }
  }

  @Override
  void onFlush(FrameWriter frames) {
    if (rememberedKey != null) {
      frames.change(
          state,
          StageHost.CHANGE_UPDATE,
          rememberedKey,
          namespace,
          FrameWriter.NONE,
          number(remembered));
    }
  }

  @Override
  void onDiscard() {
    rememberedKey = null;
  }
}
