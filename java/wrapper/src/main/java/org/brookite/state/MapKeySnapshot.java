package org.brookite.state;

import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSchemaCompatibility;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.brookite.proto.DataType;

/** What a checkpoint records of {@link MapKeySerializer}: the type of the keys. */
public final class MapKeySnapshot implements TypeSerializerSnapshot<MapKey> {

  /** Version of what {@link #writeSnapshot} writes. */
  private static final int VERSION = 1;

  private DataType type;

  /** For Flink, which reads the type afterwards. */
  public MapKeySnapshot() {
    this(DataType.getDefaultInstance());
  }

  MapKeySnapshot(DataType type) {
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
              "the key type of a Rust map state was recorded in format %d by another version of"
                  + " brookite-flink; this one reads format %d",
              version, VERSION));
    }
    byte[] encoded = new byte[source.readInt()];
    source.readFully(encoded);
    type = DataType.parseFrom(encoded);
  }

  @Override
  public TypeSerializer<MapKey> restoreSerializer() {
    return new MapKeySerializer(type);
  }

  /** The same type goes on as it is; keys of another would be other keys. */
  @Override
  public TypeSerializerSchemaCompatibility<MapKey> resolveSchemaCompatibility(
      TypeSerializerSnapshot<MapKey> old) {
    boolean same = old instanceof MapKeySnapshot && ((MapKeySnapshot) old).type.equals(type);
    return same
        ? TypeSerializerSchemaCompatibility.compatibleAsIs()
        : TypeSerializerSchemaCompatibility.incompatible();
  }
}
