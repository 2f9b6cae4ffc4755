package org.brookite.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.util.InstantiationUtil;
import org.brookite.type.TestTypes;
import org.junit.jupiter.api.Test;

class StateValueSerializerTest {

  private final StateValueSerializer serializer = new StateValueSerializer(TestTypes.BIGINT);

  private static TypeSerializerSnapshot<byte[]> stored(StateValueSerializer serializer)
      throws IOException {
    DataOutputSerializer output = new DataOutputSerializer(16);
    TypeSerializerSnapshot.writeVersionedSnapshot(output, serializer.snapshotConfiguration());
    return TypeSerializerSnapshot.readVersionedSnapshot(
        new DataInputDeserializer(output.getCopyOfBuffer()),
        StateValueSerializerTest.class.getClassLoader());
  }

  @Test
  void storesLengthAndBytes() throws IOException {
    DataOutputSerializer output = new DataOutputSerializer(16);
    serializer.serialize(new byte[] {9, 8}, output);
    byte[] bytes = output.getCopyOfBuffer();
    assertThat(bytes).containsExactly(0, 0, 0, 2, 9, 8);
    assertThat(serializer.deserialize(new DataInputDeserializer(bytes))).containsExactly(9, 8);

    DataOutputSerializer copy = new DataOutputSerializer(16);
    serializer.copy(new DataInputDeserializer(bytes), copy);
    assertThat(copy.getCopyOfBuffer()).isEqualTo(bytes);
  }

  @Test
  void goesOnWithStateOfTheSameType() throws IOException {
    TypeSerializerSnapshot<byte[]> old = stored(serializer);
    assertThat(
            new StateValueSerializer(TestTypes.BIGINT)
                .snapshotConfiguration()
                .resolveSchemaCompatibility(old)
                .isCompatibleAsIs())
        .isTrue();
    assertThat(old.restoreSerializer()).isEqualTo(serializer).hasSameHashCodeAs(serializer);
  }

  @Test
  void refusesStateOfAnotherType() throws IOException {
    for (StateValueSerializer other :
        new StateValueSerializer[] {
          new StateValueSerializer(TestTypes.STRING),
          new StateValueSerializer(TestTypes.option(TestTypes.BIGINT)),
          new StateValueSerializer(TestTypes.row(TestTypes.BIGINT))
        }) {
      assertThat(
              other
                  .snapshotConfiguration()
                  .resolveSchemaCompatibility(stored(serializer))
                  .isIncompatible())
          .isTrue();
    }
  }

  @Test
  void refusesASnapshotOfAnotherFormat() {
    assertThatThrownBy(
            () ->
                new StateValueSnapshot()
                    .readSnapshot(2, new DataInputDeserializer(new byte[0]), null))
        .hasMessageContaining("recorded in format 2")
        .hasMessageContaining("this one reads format 1");
  }

  @Test
  void saysItsType() {
    assertThat(serializer).hasToString("Rust state of type BIGINT NOT NULL");
  }

  @Test
  void travels() throws Exception {
    assertThat(InstantiationUtil.clone(serializer)).isEqualTo(serializer);
  }
}
