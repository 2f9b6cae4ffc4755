package org.brookite.edge;

import java.io.IOException;
import org.apache.flink.api.java.tuple.Tuple;

/**
 * TUPLE records on their way in: the fields one after the other, each its length as a little-endian
 * i32, -1 for null, and its bytes as they look by themselves.
 */
final class TupleInputEdge<T extends Tuple> implements InputEdge<T> {

  static final int NULL = -1;

  private final InputEdge<Object>[] fields;

  TupleInputEdge(InputEdge<Object>[] fields) {
    this.fields = fields;
  }

  @Override
  public int write(T value, OffHeapBuffer to, int offset) throws IOException {
    int position = offset;
    for (int i = 0; i < fields.length; i++) {
      int content = position + Integer.BYTES;
      Object field = value.getField(i);
      int length;
      if (field == null) {
        // Whether the field may be null is for Rust to say, which knows the function and its name.
        length = NULL;
        to.reserve(position, Integer.BYTES);
      } else {
        // Makes room for itself and so for what is before it.
        length = fields[i].write(field, to, content);
      }
      to.segment().putIntLittleEndian(position, length);
      position = content + Math.max(0, length);
    }
    return position - offset;
  }
}
