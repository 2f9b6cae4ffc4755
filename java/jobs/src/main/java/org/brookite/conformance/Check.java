package org.brookite.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Arrays;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.util.StringUtils;
import org.brookite.proto.CollectionType;
import org.brookite.proto.DataType;
import org.brookite.proto.Field;
import org.brookite.proto.MapType;
import org.brookite.type.TypeMapping;

/** Whether Flink reads bytes as the value they should be, and writes them again. */
final class Check {

  private static final int FIRST_SIZE = 256;

  private final TypeInformation<Object> type;
  private final TypeSerializer<Object> serializer;
  private final boolean ordered;

  @SuppressWarnings("unchecked") // The description says what the values are.
  private Check(DataType description) {
    StandIns standIns = new StandIns();
    DataType known = standIns.of(description);
    type = (TypeInformation<Object>) TypeMapping.toTypeInformation(known, standIns.classes());
    serializer = type.createSerializer(new SerializerConfigImpl());
    ordered = isOrdered(description);
  }

  /**
   * Checks one value.
   *
   * @return what is wrong, null when nothing is
   */
  static String failure(DataType description, byte[] bytes, JsonNode expected) {
    try {
      return new Check(description).failure(bytes, expected);
    } catch (IOException | RuntimeException | LinkageError | VirtualMachineError e) {
      // Flink makes arrays of whatever length the bytes say, and so runs out of memory.
      return e.toString();
    }
  }

  private String failure(byte[] bytes, JsonNode expected) throws IOException {
    DataInputDeserializer input = new DataInputDeserializer(bytes);
    Object value = serializer.deserialize(input);
    if (input.available() != 0) {
      return String.format("Flink left %d of %d bytes unread", input.available(), bytes.length);
    }
    JsonNode found = StreamJson.of(type, value);
    if (!new JsonSame(ordered).same(expected, found)) {
      return "Flink read " + found;
    }
    byte[] again = write(value);
    if (ordered && !Arrays.equals(bytes, again)) {
      return "Flink wrote " + StringUtils.byteToHexString(again);
    }
    // In another order, but no other bytes.
    if (!Arrays.equals(sorted(again), sorted(bytes))) {
      return "Flink wrote, in another order, " + StringUtils.byteToHexString(again);
    }
    byte[] rebuilt = write(Rebuilt.of(type, value));
    return Arrays.equals(again, rebuilt)
        ? null
        : "not as Flink would write it, which is " + StringUtils.byteToHexString(rebuilt);
  }

  private byte[] write(Object value) throws IOException {
    DataOutputSerializer output = new DataOutputSerializer(FIRST_SIZE);
    // A serializer of its own: those of rows keep buffers from value to value.
    serializer.duplicate().serialize(value, output);
    return output.getCopyOfBuffer();
  }

  private static byte[] sorted(byte[] bytes) {
    byte[] sorted = bytes.clone();
    Arrays.sort(sorted);
    return sorted;
  }

  /** Whether values keep their order in Java's objects: sets and maps do not. */
  private static boolean isOrdered(DataType type) {
    switch (type.getKindCase()) {
      case TUPLE:
        return type.getTuple().getFieldsList().stream().allMatch(Check::isOrdered);
      case JAVA_ROW:
        return areOrdered(type.getJavaRow().getFieldsList());
      case POJO:
        return areOrdered(type.getPojo().getFieldsList());
      case COLLECTION:
        return type.getCollection().getKind() != CollectionType.Kind.KIND_SET
            && isOrdered(type.getCollection().getElement());
      case MAP:
        return type.getMap().getKind() != MapType.Kind.KIND_JAVA_MAP;
      case EITHER:
        return isOrdered(type.getEither().getLeft()) && isOrdered(type.getEither().getRight());
      case NULLABLE_VALUE:
        return isOrdered(type.getNullableValue());
      default:
        return true;
    }
  }

  private static boolean areOrdered(java.util.List<Field> fields) {
    return fields.stream().allMatch(field -> isOrdered(field.getType()));
  }
}
