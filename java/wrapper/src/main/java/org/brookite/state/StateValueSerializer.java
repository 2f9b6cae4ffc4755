package org.brookite.state;

import java.io.IOException;
import java.util.Objects;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.brookite.proto.DataType;
import org.brookite.type.DataTypes;

/**
 * Stores a value of Rust's as its length and its bytes.
 *
 * <p>A value that was stored as one type cannot be restored as another: Flink then refuses the
 * checkpoint or savepoint with a StateMigrationException that shows both serializers, each with its
 * type, see {@link #toString}. To change the type of a state, give the state another name, or the
 * operator another uid.
 */
public final class StateValueSerializer extends TypeSerializer<byte[]> {

  private static final long serialVersionUID = 1L;

  private static final byte[] EMPTY = new byte[0];

  private final DataType type;

  /** Creates the serializer of values of a type. */
  public StateValueSerializer(DataType type) {
    this.type = Objects.requireNonNull(type);
  }

  /** Returns the type of the values, as Rust declares it. */
  public DataType type() {
    return type;
  }

  /** True: nobody changes the bytes of a value once they are stored, so no copy is ever needed. */
  @Override
  public boolean isImmutableType() {
    return true;
  }

  @Override
  public TypeSerializer<byte[]> duplicate() {
    return this;
  }

  @Override
  public byte[] createInstance() {
    return EMPTY;
  }

  @Override
  public byte[] copy(byte[] from) {
    return from;
  }

  @Override
  public byte[] copy(byte[] from, byte[] reuse) {
    return from;
  }

  @Override
  public int getLength() {
    return -1;
  }

  @Override
  public void serialize(byte[] value, DataOutputView target) throws IOException {
    target.writeInt(value.length);
    target.write(value);
  }

  @Override
  public byte[] deserialize(DataInputView source) throws IOException {
    byte[] value = new byte[source.readInt()];
    source.readFully(value);
    return value;
  }

  @Override
  public byte[] deserialize(byte[] reuse, DataInputView source) throws IOException {
    return deserialize(source);
  }

  @Override
  public void copy(DataInputView source, DataOutputView target) throws IOException {
    int length = source.readInt();
    target.writeInt(length);
    target.write(source, length);
  }

  @Override
  public TypeSerializerSnapshot<byte[]> snapshotConfiguration() {
    return new StateValueSnapshot(type);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof StateValueSerializer
        && type.equals(((StateValueSerializer) other).type);
  }

  @Override
  public int hashCode() {
    return type.hashCode();
  }

  @Override
  public String toString() {
    return "Rust state of type " + DataTypes.describe(type);
  }
}
