package org.brookite.state;

import java.io.IOException;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;

/** Reads values of a type as Flink's serializer for the type writes them. */
final class Encoded<T> {

  private final TypeInformation<T> type;
  private final TypeSerializer<T> serializer;

  Encoded(TypeInformation<T> type) {
    this.type = type;
    this.serializer = type.createSerializer(new SerializerConfigImpl());
  }

  /** Reads the value that the bytes are, from {@code offset} to the end. */
  T read(byte[] bytes, int offset) throws IOException {
    DataInputDeserializer input = new DataInputDeserializer(bytes, offset, bytes.length - offset);
    T value = serializer.deserialize(input);
    if (input.available() > 0) {
      throw new IOException(
          String.format("%d bytes are left over after a value of %s", input.available(), type));
    }
    return value;
  }
}
