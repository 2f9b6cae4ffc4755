package org.brookite.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class OffHeapBufferTest {

  @Test
  void growsToThePowerOfTwoAndKeepsItsContent() {
    OffHeapBuffer buffer = new OffHeapBuffer(16);
    buffer.segment().putLong(0, 42);
    ByteBuffer small = buffer.bytes();
    buffer.reserve(8, 8);
    assertThat(buffer.bytes()).isSameAs(small);
    assertThat(buffer.takeReplaced()).isFalse();

    buffer.reserve(8, 9);
    assertThat(buffer.capacity()).isEqualTo(32);
    assertThat(buffer.bytes()).isNotSameAs(small).matches(ByteBuffer::isDirect);
    assertThat(buffer.segment().getLong(0)).isEqualTo(42);
    assertThat(buffer.takeReplaced()).isTrue();
    assertThat(buffer.takeReplaced()).isFalse();
  }

  @Test
  void growsToAPowerOfTwoExactly() {
    OffHeapBuffer buffer = new OffHeapBuffer(16);
    buffer.reserve(0, 64);
    assertThat(buffer.capacity()).isEqualTo(64);
  }

  @Test
  void refusesWhatNoBufferCanHold() {
    OffHeapBuffer buffer = new OffHeapBuffer(16);
    assertThatThrownBy(() -> buffer.reserve(10, 2L * Integer.MAX_VALUE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "a record of 4294967294 bytes is too large: it must fit a buffer of 2147483639 bytes");
  }
}
