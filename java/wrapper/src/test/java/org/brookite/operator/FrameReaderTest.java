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
    new FrameReader()
        .read(
            buffer,
            frames.length,
            new FrameReader.Consumer() {
              @Override
              public void record(int offset, int length) {
                read.add("record " + text(offset, length));
              }

              @Override
              public void timedRecord(long timestamp, int offset, int length) {
                read.add("record " + text(offset, length) + " at " + timestamp);
              }

              @Override
              public void sideRecord(int output, int offset, int length) {
                read.add("record " + text(offset, length) + " aside to " + output);
              }

              @Override
              public void state(StateFrame frame) {
                read.add(
                    String.join(
                        " ",
                        "state " + frame.state(),
                        "change " + frame.change(),
                        text(frame.keyOffset(), frame.keyLength()),
                        text(frame.namespaceOffset(), frame.namespaceLength()),
                        text(frame.entryOffset(), frame.entryLength()),
                        text(frame.valueOffset(), frame.valueLength())));
              }

              @Override
              public void timer(TimerFrame frame) {
                read.add(
                    String.join(
                        " ",
                        frame.delete() ? "delete" : "register",
                        frame.eventTime() ? "event time" : "processing time",
                        "" + frame.time(),
                        text(frame.keyOffset(), frame.keyLength()),
                        text(frame.namespaceOffset(), frame.namespaceLength())));
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
            .change(3, 3, bytes("key"), bytes("namespace"), bytes("entry"), bytes("value"))
            .state(0, bytes(""), bytes(""))
            .state(1, bytes("key"), null)
            .register(0, Long.MIN_VALUE, bytes("key"), bytes("namespace"))
            .delete(1, Long.MAX_VALUE, bytes(""), bytes(""))
            .sideRecord(2, bytes("two"))
            .timedRecord(-1, bytes("three"))
            .record(bytes(""))
            .take();
    assertThat(read(frames))
        .containsExactly(
            "record one",
            "state 3 change 3 key namespace entry value",
            "state 0 change 0    ",
            "state 1 change 1 key   ",
            "register event time " + Long.MIN_VALUE + " key namespace",
            "delete processing time " + Long.MAX_VALUE + "  ",
            "record two aside to 2",
            "record three at -1",
            "record ");
    assertThat(read(new byte[0])).isEmpty();
  }

  @Test
  void refusesWhatIsNoFrame() {
    assertMalformed(new FrameWriter().number(0), "a header at byte 0 of 4");
    assertMalformed(new FrameWriter().number(0).number(1), "a payload at byte 0 of 8");
    assertMalformed(new FrameWriter().number(0).number(-1), "a payload");
    assertMalformed(new FrameWriter().number(5).number(0), "a frame of kind 0 to 4");
    assertMalformed(new FrameWriter().number(3).number(2).number((short) 0), "the index");
    assertMalformed(new FrameWriter().number(4).number(4).number(0), "a timestamp");
  }

  @Test
  void refusesStatesWhosePartsDoNotAddUp() {
    FrameWriter fine = new FrameWriter().record(bytes("fine"));
    assertMalformed(fine.number(1).number(4).number(0), "a state header");
    assertMalformed(state(1, 0, 0, 0), "the parts of a change of state");
    assertMalformed(state(0, 0, 0, -1), "the parts of a change of state");
    assertMalformed(state(1, 0, 0, -1), "the parts of a change of state");
    assertMalformed(state(Integer.MAX_VALUE, Integer.MAX_VALUE, 1, 1), "the parts");
  }

  private static FrameWriter state(int key, int namespace, int entry, int value) {
    FrameWriter frame = new FrameWriter().number(1).number(StateFrame.HEADER).number(0).number(0);
    return frame.number(key).number(namespace).number(entry).number(value);
  }

  @Test
  void refusesTimersThatCannotBe() {
    assertMalformed(new FrameWriter().number(2).number(4).number(0), "a timer header");
    assertMalformed(new FrameWriter().timer(2, 0, 1, bytes(""), bytes("")), "timer command 0 or 1");
    assertMalformed(new FrameWriter().timer(0, 2, 1, bytes(""), bytes("")), "time domain 0 or 1");
    FrameWriter frame = new FrameWriter().number(2).number(TimerFrame.HEADER).number(0).number(0);
    assertMalformed(frame.number(1L).number(0).number(1), "key and namespace of a timer");
  }
}
