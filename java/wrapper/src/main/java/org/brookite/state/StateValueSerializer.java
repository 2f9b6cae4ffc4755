package org.brookite.state;

import java.io.IOException;
import java.util.Collections;
import java.util.List;
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
 * <p>The first of the bytes is the number of the type that the value was written as, in {@link
 * #types}; the rest is what Flink's serializer for that type writes. A state's type may change
 * between two runs of a job. Its values are not rewritten then, which on the heap Flink would not
 * even do: the state keeps the list of all its types, and Rust, which reads a value by the type it
 * has, decides while the state is opened whether it can.
 *
 * <p>The list grows when Flink compares the serializer with the one of a checkpoint, which is when
 * the state is first asked for: until then it holds the declared type alone.
 */
public final class StateValueSerializer extends TypeSerializer<byte[]> {

  private static final long serialVersionUID = 2L;

  private static final byte[] EMPTY = new byte[0];

  private final DataType type;

  /** Never changed, but replaced by a longer one. */
  private List<DataType> types;

  /** Creates the serializer of values of a type. */
  public StateValueSerializer(DataType type) {
    this(type, Collections.singletonList(type));
  }

  StateValueSerializer(DataType type, List<DataType> types) {
    this.type = Objects.requireNonNull(type);
    this.types = types;
  }

  /**
   * Returns the types that values were ever written as, by their numbers; {@link #type} is one of
   * them.
   */
  public List<DataType> types() {
    return types;
  }

  /** Takes over the types of a checkpoint, to which the declared one is added if it is new. */
  void resume(List<DataType> stored) {
    types = StateValueSnapshot.merge(stored, type);
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
    Lengths.write(value.length, target);
    target.write(value);
  }

  @Override
  public byte[] deserialize(DataInputView source) throws IOException {
    byte[] value = new byte[Lengths.read(source)];
    source.readFully(value);
    return value;
  }

  @Override
  public byte[] deserialize(byte[] reuse, DataInputView source) throws IOException {
    return deserialize(source);
  }

  @Override
  public void copy(DataInputView source, DataOutputView target) throws IOException {
    int length = Lengths.read(source);
    Lengths.write(length, target);
    target.write(source, length);
  }

  @Override
  public TypeSerializerSnapshot<byte[]> snapshotConfiguration() {
    return new StateValueSnapshot(type, types, this);
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
