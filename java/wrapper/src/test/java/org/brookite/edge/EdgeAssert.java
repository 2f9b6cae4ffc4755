package org.brookite.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.brookite.proto.DataType;
import org.brookite.type.TypeMapping;

/** Drives the edges that {@link Edges} chooses for a type. */
final class EdgeAssert<T> {

  private final TypeSerializer<T> serializer;
  private final DataType type;

  private EdgeAssert(TypeInformation<T> type) {
    this.serializer = type.createSerializer(new SerializerConfigImpl());
    this.type = TypeMapping.toDataType(type);
  }

  static <T> EdgeAssert<T> of(TypeInformation<T> type) {
    return new EdgeAssert<>(type);
  }

  /** Returns what the edge into Rust writes; at an odd offset, from the smallest buffer. */
  byte[] written(T value) throws IOException {
    return written(Edges.input(Edges.intoRust(type), serializer), value);
  }

  byte[] writtenKey(T value) throws IOException {
    return written(Edges.keyInput(Edges.intoRust(type), serializer), value);
  }

  private byte[] written(InputEdge<T> edge, T value) throws IOException {
    OffHeapBuffer buffer = new OffHeapBuffer(0);
    buffer.reserve(0, 3);
    buffer.segment().put(0, new byte[] {7, 8, 9});
    int length = edge.write(value, buffer, 3);
    int again = edge.write(value, buffer, 3);
    assertThat(again).isEqualTo(length);
    byte[] before = new byte[3];
    buffer.segment().get(0, before);
    assertThat(before).containsExactly(7, 8, 9);
    byte[] bytes = new byte[length];
    buffer.segment().get(3, bytes);
    return bytes;
  }

  T read(byte[] bytes) throws IOException {
    return read(Edges.output(Edges.outOfRust(type), serializer, false), bytes);
  }

  T readKey(byte[] bytes) throws IOException {
    return read(Edges.keyOutput(Edges.intoRust(type), serializer), bytes);
  }

  OutputEdge<T> output(boolean keepable) {
    return Edges.output(Edges.outOfRust(type), serializer, keepable);
  }

  private static <T> T read(OutputEdge<T> edge, byte[] bytes) throws IOException {
    OffHeapBuffer buffer = new OffHeapBuffer(bytes.length + 10);
    buffer.segment().put(5, bytes);
    return edge.read(buffer, 5, bytes.length);
  }

  /** Returns what Flink's serializer writes. */
  byte[] serialized(T value) throws IOException {
    DataOutputSerializer output = new DataOutputSerializer(16);
    serializer.serialize(value, output);
    return output.getCopyOfBuffer();
  }
}
