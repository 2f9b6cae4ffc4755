package org.brookite.operator;

import java.util.Locale;

/**
 * Puts each string into upper case, once for every letter {@code x} in it, and drops the others.
 */
class UpperCaseStage extends FakeStage {

  static final String AT_END = "the end";

  @Override
  void onRecord(byte[] key, byte[] record, long timestamp, FrameWriter frames) {
    String text = utf16(record);
    for (char c : text.toCharArray()) {
      if (c == 'x') {
        frames.record(utf8(text.toUpperCase(Locale.ROOT)));
      }
    }
  }

  @Override
  void onFinish(FrameWriter frames) {
    frames.record(utf8(AT_END));
  }
}
