package org.brookite.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.util.StringUtils;
import org.brookite.proto.DataType;
import org.brookite.type.DataTypes;
import org.brookite.type.TypeMapping;

/** Collects the lines of a golden file. */
final class Golden {

  private static final int FIRST_SIZE = 256;

  private final List<String> lines = new ArrayList<>();
  private final Listener listener;

  /** Hears of each value. */
  interface Listener {
    void value(DataType type, String hex, JsonNode value) throws IOException;
  }

  Golden(Listener listener) {
    this.listener = listener;
  }

  /** Starts a part of the file. */
  void part(String title) {
    lines.add("# " + title);
  }

  /** Adds values of a type, the type spelled as Brookite does. */
  @SafeVarargs
  final <T> void add(TypeInformation<T> type, T... values) {
    addSpelled(DataTypes.describe(TypeMapping.toDataType(type)), type, values);
  }

  /** Adds values of a type, the type spelled another way. */
  @SafeVarargs
  final <T> void addSpelled(String spelling, TypeInformation<T> type, T... values) {
    DataType described = TypeMapping.toDataType(type);
    String message = Base64.getEncoder().encodeToString(described.toByteArray());
    for (T value : values) {
      String hex = hex(type, value);
      JsonNode json = StreamJson.of(type, value);
      lines.add(String.join("\t", spelling, hex, json.toString(), message));
      try {
        listener.value(described, hex, json);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** Each value has a serializer of its own: those of rows keep buffers from value to value. */
  private static <T> String hex(TypeInformation<T> type, T value) {
    TypeSerializer<T> serializer = type.createSerializer(new SerializerConfigImpl());
    DataOutputSerializer output = new DataOutputSerializer(FIRST_SIZE);
    try {
      serializer.serialize(value, output);
    } catch (IOException e) {
      throw new IllegalStateException(type + " does not write " + value, e);
    }
    return StringUtils.byteToHexString(output.getCopyOfBuffer());
  }

  List<String> lines() {
    return lines;
  }
}
