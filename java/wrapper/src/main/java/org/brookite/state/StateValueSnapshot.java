package org.brookite.state;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSchemaCompatibility;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.brookite.proto.DataType;

/** What a checkpoint records of {@link StateValueSerializer}: all types of the values. */
public final class StateValueSnapshot implements TypeSerializerSnapshot<byte[]> {

  /** Version of what {@link #writeSnapshot} writes, and of how values are stored. */
  private static final int VERSION = 3;

  /** Numbers of types are one byte. */
  private static final int MAX_TYPES = 256;

  private DataType type;
  private List<DataType> types;

  /** Whose snapshot this is, null when it was read from a checkpoint. */
  private final StateValueSerializer serializer;

  /** For Flink, which reads the types afterwards. */
  public StateValueSnapshot() {
    this(DataType.getDefaultInstance(), Collections.emptyList(), null);
  }

  StateValueSnapshot(DataType type, List<DataType> types, StateValueSerializer serializer) {
    this.type = type;
    this.types = types;
    this.serializer = serializer;
  }

  @Override
  public int getCurrentVersion() {
    return VERSION;
  }

  @Override
  public void writeSnapshot(DataOutputView target) throws IOException {
    target.writeInt(types.indexOf(type));
    target.writeInt(types.size());
    for (DataType one : types) {
      byte[] encoded = one.toByteArray();
      target.writeInt(encoded.length);
      target.write(encoded);
    }
  }

  @Override
  public void readSnapshot(int version, DataInputView source, ClassLoader userCode)
      throws IOException {
    if (version != VERSION) {
      throw new IOException(
          String.format(
              "a Rust state was stored in format %d by another version of"
                  + " brookite-flink; this one reads format %d",
              version, VERSION));
    }
    int current = source.readInt();
    int count = source.readInt();
    List<DataType> read = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      byte[] encoded = new byte[source.readInt()];
      source.readFully(encoded);
      read.add(DataType.parseFrom(encoded));
    }
    type = read.get(current);
    types = Collections.unmodifiableList(read);
  }

  @Override
  public TypeSerializer<byte[]> restoreSerializer() {
    return new StateValueSerializer(type, types);
  }

  /**
   * Goes on with the values as they are: each says which type it has, and the serializer takes over
   * what the numbers stand for.
   */
  @Override
  public TypeSerializerSchemaCompatibility<byte[]> resolveSchemaCompatibility(
      TypeSerializerSnapshot<byte[]> old) {
    if (!(old instanceof StateValueSnapshot)) {
      return TypeSerializerSchemaCompatibility.incompatible();
    }
    List<DataType> stored = ((StateValueSnapshot) old).types;
    if (merge(stored, type).size() > MAX_TYPES) {
      return TypeSerializerSchemaCompatibility.incompatible();
    }
    if (serializer != null) {
      serializer.resume(stored);
    }
    return TypeSerializerSchemaCompatibility.compatibleAsIs();
  }

  static List<DataType> merge(List<DataType> stored, DataType type) {
    if (stored.contains(type)) {
      return stored;
    }
    List<DataType> merged = new ArrayList<>(stored);
    merged.add(type);
    return Collections.unmodifiableList(merged);
  }
}
