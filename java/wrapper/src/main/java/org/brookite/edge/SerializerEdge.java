package org.brookite.edge;

import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializer;

/** Records of any type, as their Flink serializer writes them. */
final class SerializerEdge<T> implements TwoWayEdge<T> {

  private final TypeSerializer<T> serializer;
  private final OffHeapOutputView output = new OffHeapOutputView();
  private final OffHeapInputView input = new OffHeapInputView();

  SerializerEdge(TypeSerializer<T> serializer) {
    this.serializer = serializer;
  }

  @Override
  public int write(T value, OffHeapBuffer to, int offset) throws IOException {
    output.begin(to, offset);
    serializer.serialize(value, output);
    return output.position() - offset;
  }

  @Override
  public T read(OffHeapBuffer from, int offset, int length) throws IOException {
    input.begin(from, offset, length);
    T value = serializer.deserialize(input);
    if (input.remaining() != 0) {
      throw new IOException(
          String.format(
              "malformed record from Rust: %s left %d of its %d bytes unread",
              serializer.getClass().getSimpleName(), input.remaining(), length));
    }
    return value;
  }
}
