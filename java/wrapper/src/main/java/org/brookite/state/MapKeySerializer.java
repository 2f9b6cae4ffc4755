package org.brookite.state;

import java.io.IOException;
import java.util.Objects;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.brookite.proto.DataType;
import org.brookite.type.DataTypes;

/** Stores a key of a map state as its length and its bytes. */
public final class MapKeySerializer extends TypeSerializer<MapKey> {

  private static final long serialVersionUID = 1L;

  private static final MapKey EMPTY = new MapKey(new byte[0]);

  private final DataType type;

  /** Creates the serializer of keys of a type. */
  public MapKeySerializer(DataType type) {
    this.type = Objects.requireNonNull(type);
  }

  /** Returns the type of the keys, as Rust declares it. */
  public DataType type() {
    return type;
  }

  @Override
  public boolean isImmutableType() {
    return true;
  }

  @Override
  public TypeSerializer<MapKey> duplicate() {
    return this;
  }

  @Override
  public MapKey createInstance() {
    return EMPTY;
  }

  @Override
  public MapKey copy(MapKey from) {
    return from;
  }

  @Override
  public MapKey copy(MapKey from, MapKey reuse) {
    return from;
  }

  @Override
  public int getLength() {
    return -1;
  }

  @Override
  public void serialize(MapKey key, DataOutputView target) throws IOException {
    target.writeInt(key.bytes().length);
    target.write(key.bytes());
  }

  @Override
  public MapKey deserialize(DataInputView source) throws IOException {
    byte[] bytes = new byte[source.readInt()];
    source.readFully(bytes);
    return new MapKey(bytes);
  }

  @Override
  public MapKey deserialize(MapKey reuse, DataInputView source) throws IOException {
    return deserialize(source);
  }

  @Override
  public void copy(DataInputView source, DataOutputView target) throws IOException {
    int length = source.readInt();
    target.writeInt(length);
    target.write(source, length);
  }

  @Override
  public TypeSerializerSnapshot<MapKey> snapshotConfiguration() {
    return new MapKeySnapshot(type);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof MapKeySerializer && type.equals(((MapKeySerializer) other).type);
  }

  @Override
  public int hashCode() {
    return type.hashCode();
  }

  @Override
  public String toString() {
    return "keys of a Rust map state of type " + DataTypes.describe(type);
  }
}
