package org.brookite.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Collections;
import java.util.List;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.base.ListSerializer;
import org.apache.flink.api.common.typeutils.base.array.BytePrimitiveArraySerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.util.InstantiationUtil;
import org.brookite.proto.DataType;
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
    assertThat(bytes).containsExactly(2, 9, 8);
    assertThat(serializer.deserialize(new DataInputDeserializer(bytes))).containsExactly(9, 8);

    DataOutputSerializer copy = new DataOutputSerializer(16);
    serializer.copy(new DataInputDeserializer(bytes), copy);
    assertThat(copy.getCopyOfBuffer()).isEqualTo(bytes);
  }

  @Test
  void lengthsOfEverySizeComeBack() throws IOException {
    for (int length : new int[] {0, 1, 127, 128, 16_383, 16_384, 3_000_000}) {
      DataOutputSerializer output = new DataOutputSerializer(16);
      serializer.serialize(new byte[length], output);
      DataInputDeserializer input = new DataInputDeserializer(output.getCopyOfBuffer());
      assertThat(serializer.deserialize(input)).hasSize(length);
      assertThat(input.available()).isZero();
    }
  }

  @Test
  void refusesALengthWithoutEnd() {
    DataInputDeserializer endless = new DataInputDeserializer(new byte[] {-1, -1, -1, -1, -1, -1});
    assertThatThrownBy(() -> serializer.deserialize(endless))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("does not end after 5 bytes");
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

  private static StateValueSerializer resumed(DataType type, StateValueSerializer before)
      throws IOException {
    StateValueSerializer serializer = new StateValueSerializer(type);
    assertThat(
            serializer
                .snapshotConfiguration()
                .resolveSchemaCompatibility(stored(before))
                .isCompatibleAsIs())
        .isTrue();
    return serializer;
  }

  @Test
  void keepsAllTypesThatValuesWereWrittenAsInTheOrderOfTheirNumbers() throws IOException {
    StateValueSerializer second = resumed(TestTypes.STRING, serializer);
    assertThat(second.types()).containsExactly(TestTypes.BIGINT, TestTypes.STRING);
    StateValueSerializer third = resumed(TestTypes.INT, second);
    assertThat(third.types()).containsExactly(TestTypes.BIGINT, TestTypes.STRING, TestTypes.INT);
    // A type that comes back has the number that it had.
    StateValueSerializer back = resumed(TestTypes.STRING, third);
    assertThat(back.types()).isEqualTo(third.types());
    StateValueSerializer restored = (StateValueSerializer) stored(back).restoreSerializer();
    assertThat(restored.types()).isEqualTo(third.types());
    assertThat(restored.type()).isEqualTo(TestTypes.STRING);
  }

  @Test
  void learnsTheTypesInsideAListsSerializerToo() throws IOException {
    StateValueSerializer elements = new StateValueSerializer(TestTypes.STRING);
    DataOutputSerializer output = new DataOutputSerializer(16);
    TypeSerializerSnapshot.writeVersionedSnapshot(
        output, new ListSerializer<>(serializer).snapshotConfiguration());
    TypeSerializerSnapshot<List<byte[]>> old =
        TypeSerializerSnapshot.readVersionedSnapshot(
            new DataInputDeserializer(output.getCopyOfBuffer()), getClass().getClassLoader());
    assertThat(
            new ListSerializer<>(elements)
                .snapshotConfiguration()
                .resolveSchemaCompatibility(old)
                .isCompatibleAsIs())
        .isTrue();
    assertThat(elements.types()).containsExactly(TestTypes.BIGINT, TestTypes.STRING);
  }

  @Test
  void refusesStateThatIsNoneOfRusts() {
    assertThat(
            serializer
                .snapshotConfiguration()
                .resolveSchemaCompatibility(
                    BytePrimitiveArraySerializer.INSTANCE.snapshotConfiguration())
                .isIncompatible())
        .isTrue();
  }

  @Test
  void refusesMoreTypesThanThereAreNumbers() throws IOException {
    StateValueSerializer before = serializer;
    for (int i = 2; i <= 256; i++) {
      before =
          resumed(
              TestTypes.tuple(Collections.nCopies(i, TestTypes.INT).toArray(new DataType[0])),
              before);
    }
    assertThat(before.types()).hasSize(256);
    assertThat(
            new StateValueSerializer(TestTypes.STRING)
                .snapshotConfiguration()
                .resolveSchemaCompatibility(stored(before))
                .isIncompatible())
        .isTrue();
  }

  @Test
  void refusesASnapshotOfAnotherFormat() {
    assertThatThrownBy(
            () ->
                new StateValueSnapshot()
                    .readSnapshot(1, new DataInputDeserializer(new byte[0]), null))
        .hasMessageContaining("stored in format 1")
        .hasMessageContaining("this one reads format 3");
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
