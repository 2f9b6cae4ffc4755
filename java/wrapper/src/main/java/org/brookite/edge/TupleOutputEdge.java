package org.brookite.edge;

import java.io.IOException;
import org.apache.flink.api.java.tuple.Tuple;
import org.apache.flink.api.java.tuple.Tuple1;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.api.java.tuple.Tuple3;
import org.apache.flink.api.java.tuple.Tuple4;
import org.apache.flink.core.memory.MemorySegment;

/** TUPLE records on their way out, field by field, as {@link TupleInputEdge} has them. */
final class TupleOutputEdge<T extends Tuple> implements OutputEdge<T> {

  private final OutputEdge<?>[] fields;

  TupleOutputEdge(OutputEdge<?>[] fields) {
    this.fields = fields;
  }

  @Override
  public T read(OffHeapBuffer from, int offset, int length) throws IOException {
    @SuppressWarnings("unchecked") // The edge is for tuples of Flink's own classes.
    T value = (T) newTuple(fields.length);
    MemorySegment bytes = from.segment();
    int position = offset;
    int end = offset + length;
    for (int i = 0; i < fields.length; i++) {
      check(end - position >= Integer.BYTES, i, position);
      int size = bytes.getIntLittleEndian(position);
      position += Integer.BYTES;
      if (size == TupleInputEdge.NULL) {
        value.setField(null, i);
        continue;
      }
      check(size >= 0 && size <= end - position, i, position);
      value.setField(fields[i].read(from, position, size), i);
      position += size;
    }
    if (position != end) {
      throw new IOException(
          String.format(
              "malformed TUPLE from Rust: expected %d bytes, found %d", position - offset, length));
    }
    return value;
  }

  /**
   * Makes an empty tuple. {@link Tuple#newInstance} is a method too large for the JIT compiler to
   * inline, and a tuple that it makes always ends on the heap.
   */
  private static Tuple newTuple(int arity) {
    switch (arity) {
      case 1:
        return new Tuple1<>();
      case 2:
        return new Tuple2<>();
      case 3:
        return new Tuple3<>();
      case 4:
        return new Tuple4<>();
      default:
        return Tuple.newInstance(arity);
    }
  }

  private static void check(boolean sound, int field, int position) throws IOException {
    if (!sound) {
      throw new IOException(
          String.format(
              "malformed TUPLE from Rust: field f%d does not fit at byte %d", field, position));
    }
  }
}
