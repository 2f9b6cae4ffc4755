package org.brookite.operator;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.core.memory.MemorySegment;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.streaming.api.windowing.windows.TimeWindow;
import org.brookite.edge.OffHeapBuffer;
import org.brookite.proto.StageSpec;

/**
 * What parts the states and timers of a key, in Rust's form and in Flink's. A stage has one kind of
 * namespaces: those of windows if it has windows, and otherwise the one that is empty.
 *
 * <p>They are what Flink's own operators use under the names that these use, so that whoever reads
 * a savepoint of theirs can read one of ours.
 */
abstract class Namespaces<N> {

  /** One namespace, without bytes. */
  static final Namespaces<VoidNamespace> NONE = new None();

  private final String timers;
  private final int length;

  private Namespaces(String timers, int length) {
    this.timers = timers;
    this.length = length;
  }

  /** Returns the namespaces of a stage. */
  static Namespaces<?> of(StageSpec spec) {
    return spec.hasWindowing() ? new Windows() : NONE;
  }

  /** Returns the name of the timer service. */
  final String timers() {
    return timers;
  }

  abstract TypeSerializer<N> serializer();

  /** Reads a namespace that Rust wrote. */
  final N read(byte[] bytes) {
    check(bytes.length);
    return fromBytes(bytes);
  }

  /** Reads a namespace that Rust wrote. */
  final N read(OffHeapBuffer from, int offset, int length) {
    check(length);
    return fromSegment(from.segment(), offset);
  }

  /** Writes a namespace for Rust, and returns its length. */
  final int write(N namespace, OffHeapBuffer to, int offset) throws IOException {
    to.reserve(offset, length);
    toSegment(namespace, to.segment(), offset);
    return length;
  }

  private void check(int found) {
    if (found != length) {
      throw new IllegalStateException(
          String.format(
              "a stage used a namespace of %d bytes: expected %d in a stage %s windows",
              found, length, length == 0 ? "without" : "with"));
    }
  }

  abstract N fromBytes(byte[] bytes);

  abstract N fromSegment(MemorySegment segment, int offset);

  abstract void toSegment(N namespace, MemorySegment segment, int offset);

  private static final class None extends Namespaces<VoidNamespace> {

    None() {
      super("user-timers", 0);
    }

    @Override
    TypeSerializer<VoidNamespace> serializer() {
      return VoidNamespaceSerializer.INSTANCE;
    }

    @Override
    VoidNamespace fromBytes(byte[] bytes) {
      return VoidNamespace.INSTANCE;
    }

    @Override
    VoidNamespace fromSegment(MemorySegment segment, int offset) {
      return VoidNamespace.INSTANCE;
    }

    @Override
    void toSegment(VoidNamespace namespace, MemorySegment segment, int offset) {
      // It has no bytes.
    }
  }

  /** Windows: start and end, 64 bits each in big-endian order. */
  private static final class Windows extends Namespaces<TimeWindow> {

    /**
     * Timers of many keys have the same window, and share it: it is read less often than compared.
     */
    private TimeWindow last = new TimeWindow(0, 0);

    Windows() {
      super("window-timers", 2 * Long.BYTES);
    }

    @Override
    TypeSerializer<TimeWindow> serializer() {
      return new TimeWindow.Serializer();
    }

    @Override
    TimeWindow fromBytes(byte[] bytes) {
      ByteBuffer buffer = ByteBuffer.wrap(bytes);
      return window(buffer.getLong(), buffer.getLong());
    }

    @Override
    TimeWindow fromSegment(MemorySegment segment, int offset) {
      return window(
          segment.getLongBigEndian(offset), segment.getLongBigEndian(offset + Long.BYTES));
    }

    private TimeWindow window(long start, long end) {
      if (last.getStart() != start || last.getEnd() != end) {
        last = new TimeWindow(start, end);
      }
      return last;
    }

    @Override
    void toSegment(TimeWindow namespace, MemorySegment segment, int offset) {
      segment.putLongBigEndian(offset, namespace.getStart());
      segment.putLongBigEndian(offset + Long.BYTES, namespace.getEnd());
    }
  }
}
