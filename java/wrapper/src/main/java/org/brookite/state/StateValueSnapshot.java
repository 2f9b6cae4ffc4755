package org.brookite.state;

import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSchemaCompatibility;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.brookite.proto.DataType;

/** What a checkpoint records of {@link StateValueSerializer}: the type of the values. */
public final class StateValueSnapshot implements TypeSerializerSnapshot<byte[]> {

  /** Version of what {@link #writeSnapshot} writes. */
  private static final int VERSION = 1;

  private DataType type;

  /** For Flink, which reads the type afterwards. */
  public StateValueSnapshot() {
    this(DataType.getDefaultInstance());
  }

  StateValueSnapshot(DataType type) {
    this.type = type;
  }

  @Override
  public int getCurrentVersion() {
    return VERSION;
  }

  @Override
  public void writeSnapshot(DataOutputView target) throws IOException {
    byte[] encoded = type.toByteArray();
    target.writeInt(encoded.length);
    target.write(encoded);
  }

  @Override
  public void readSnapshot(int version, DataInputView source, ClassLoader userCode)
      throws IOException {
    if (version != VERSION) {
      throw new IOException(
          String.format(
              "the type of a Rust state was recorded in format %d by another version of"
                  + " brookite-flink; this one reads format %d",
              version, VERSION));
    }
    byte[] encoded = new byte[source.readInt()];
    source.readFully(encoded);
    type = DataType.parseFrom(encoded);
  }

  @Override
  public TypeSerializer<byte[]> restoreSerializer() {
    return new StateValueSerializer(type);
  }

  /** The same type goes on as it is; a value of another could not be read. */
  @Override
  public TypeSerializerSchemaCompatibility<byte[]> resolveSchemaCompatibility(
      TypeSerializerSnapshot<byte[]> old) {
    boolean same =
        old instanceof StateValueSnapshot && ((StateValueSnapshot) old).type.equals(type);
    return same
        ? TypeSerializerSchemaCompatibility.compatibleAsIs()
        : TypeSerializerSchemaCompatibility.incompatible();
  }
}
