package org.brookite.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.brookite.edge.OffHeapBuffer;
import org.junit.jupiter.api.Test;

class FrameReaderTest {

  private static List<String> read(byte[] frames) throws IOException {
    OffHeapBuffer buffer = new OffHeapBuffer(frames.length + 64);
    buffer.segment().put(0, frames);
    List<String> read = new ArrayList<>();
    FrameReader.read(
        buffer,
        frames.length,
        new FrameReader.Consumer() {
          @Override
          public void record(int offset, int length) {
            read.add("record " + text(offset, length));
          }

          @Override
          public void state(
              int state, int keyOffset, int keyLength, int valueOffset, int valueLength) {
            String value =
                valueLength == FrameReader.CLEARED ? "cleared" : text(valueOffset, valueLength);
            read.add("state " + state + " " + text(keyOffset, keyLength) + " " + value);
          }

          private String text(int offset, int length) {
            byte[] bytes = new byte[length];
            buffer.segment().get(offset, bytes);
            return new String(bytes, StandardCharsets.UTF_8);
          }
        });
    return read;
  }

  private static byte[] bytes(String text) {
    return FakeStage.utf8(text);
  }

  private static void assertMalformed(FrameWriter frames, String expected) {
    assertThatThrownBy(() -> read(frames.take()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("malformed output from Rust: expected " + expected);
  }

  @Test
  void readsFramesInOrder() throws IOException {
    byte[] frames =
        new FrameWriter()
            .record(bytes("one"))
            .state(3, bytes("key"), bytes("value"))
            .state(0, bytes(""), bytes(""))
            .state(1, bytes("key"), null)
            .record(bytes(""))
            .take();
    assertThat(read(frames))
        .containsExactly(
            "record one", "state 3 key value", "state 0  ", "state 1 key cleared", "record ");
    assertThat(read(new byte[0])).isEmpty();
  }

  @Test
  void refusesWhatIsNoFrame() {
    assertMalformed(new FrameWriter().number(0), "a header at byte 0 of 4");
    assertMalformed(new FrameWriter().number(0).number(1), "a payload at byte 0 of 8");
    assertMalformed(new FrameWriter().number(0).number(-1), "a payload");
    assertMalformed(new FrameWriter().number(2).number(0), "a frame of kind 0 or 1");
    assertMalformed(
        new FrameWriter().record(bytes("fine")).number(1).number(4).number(0), "a state header");
    assertMalformed(
        new FrameWriter().number(1).number(12).number(0).number(1).number(0), "key and value");
    assertMalformed(
        new FrameWriter().number(1).number(12).number(0).number(0).number(-2), "key and value");
    assertMalformed(
        new FrameWriter().number(1).number(12).number(0).number(Integer.MAX_VALUE).number(1),
        "key and value");
  }
}
