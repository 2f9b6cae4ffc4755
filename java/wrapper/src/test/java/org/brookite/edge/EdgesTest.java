package org.brookite.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple1;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.api.java.tuple.Tuple3;
import org.brookite.type.NullableTypeInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class EdgesTest {

  static Stream<Arguments> serialized() {
    TypeInformation<?> nested =
        Types.TUPLE(Types.STRING, Types.TUPLE(Types.PRIMITIVE_ARRAY(Types.BYTE)), Types.DOUBLE);
    return Stream.of(
        Arguments.of(Types.BOOLEAN, true),
        Arguments.of(Types.BOOLEAN, false),
        Arguments.of(Types.INT, 0x01020304),
        Arguments.of(Types.INT, Integer.MIN_VALUE),
        Arguments.of(Types.LONG, 0x0102030405060708L),
        Arguments.of(Types.LONG, -1L),
        Arguments.of(Types.DOUBLE, Math.PI),
        Arguments.of(Types.DOUBLE, Double.NEGATIVE_INFINITY),
        Arguments.of(Types.SHORT, (short) -2),
        Arguments.of(Types.LOCAL_DATE, LocalDate.of(2024, 2, 29)),
        Arguments.of(Types.LIST(Types.LONG), List.of(1L, -1L)),
        Arguments.of(Types.MAP(Types.STRING, Types.LONG), Collections.singletonMap("a", null)),
        Arguments.of(Types.TUPLE(NullableTypeInfo.of(Types.LONG)), Tuple1.of((Long) null)),
        Arguments.of(Types.TUPLE(NullableTypeInfo.of(Types.LONG)), Tuple1.of(7L)),
        Arguments.of(nested, Tuple3.of("a", Tuple1.of(new byte[] {1, 2}), 0.5)),
        Arguments.of(nested, Tuple3.of(null, Tuple1.of(new byte[70_000]), 0.5)));
  }

  static Stream<Arguments> tuples() {
    return Stream.of(
        Arguments.of(Types.TUPLE(Types.STRING, Types.LONG), Tuple2.of("grün 猫 🐈", 3L)),
        Arguments.of(Types.TUPLE(Types.STRING, Types.LONG), Tuple2.of(null, 3L)),
        Arguments.of(Types.TUPLE(Types.STRING, Types.LONG), Tuple2.of("x".repeat(70_000), 3L)),
        Arguments.of(
            Types.TUPLE(Types.PRIMITIVE_ARRAY(Types.BYTE), Types.BOOLEAN, Types.DOUBLE),
            Tuple3.of(new byte[] {1, 2}, true, 0.5)));
  }

  @ParameterizedTest
  @MethodSource("tuples")
  void tuplesComeBackFieldByField(TypeInformation<Object> type, Object value) throws IOException {
    EdgeAssert<Object> edge = EdgeAssert.of(type);

    assertThat(edge.writtenKey(value)).isEqualTo(edge.written(value));
    assertThat(edge.readKey(edge.written(value))).usingRecursiveComparison().isEqualTo(value);
  }

  @Test
  void tuplesAreTheirFieldsEachWithItsLength() throws IOException {
    EdgeAssert<Tuple2<String, Integer>> edge = EdgeAssert.of(Types.TUPLE(Types.STRING, Types.INT));

    assertThat(edge.written(Tuple2.of("ab", 7)))
        .containsExactly(4, 0, 0, 0, 'a', 0, 'b', 0, 4, 0, 0, 0, 0, 0, 0, 7);
    assertThat(edge.written(Tuple2.of(null, 7)))
        .containsExactly(-1, -1, -1, -1, 4, 0, 0, 0, 0, 0, 0, 7);
    assertThat(edge.read(new byte[] {2, 0, 0, 0, 'a', 'b', 4, 0, 0, 0, 0, 0, 0, 7}))
        .isEqualTo(Tuple2.of("ab", 7));
  }

  @ParameterizedTest
  @MethodSource("serialized")
  void writesAndReadsAsFlinksSerializerDoes(TypeInformation<Object> type, Object value)
      throws IOException {
    EdgeAssert<Object> edge = EdgeAssert.of(type);
    byte[] expected = edge.serialized(value);

    assertThat(edge.written(value)).isEqualTo(expected);
    assertThat(edge.writtenKey(value)).isEqualTo(expected);
    assertThat(edge.read(expected)).usingRecursiveComparison().isEqualTo(value);
    assertThat(edge.readKey(expected)).usingRecursiveComparison().isEqualTo(value);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a", "grün 猫 🐈", "\u0000\uFFFF"})
  void stringsGoInAsUtf16AndComeOutAsUtf8(String value) throws IOException {
    EdgeAssert<String> edge = EdgeAssert.of(Types.STRING);
    byte[] utf16 = value.getBytes(StandardCharsets.UTF_16LE);

    assertThat(edge.written(value)).isEqualTo(utf16);
    assertThat(edge.read(value.getBytes(StandardCharsets.UTF_8))).isEqualTo(value);
    assertThat(edge.writtenKey(value)).isEqualTo(utf16);
    assertThat(edge.readKey(utf16)).isEqualTo(value);
  }

  @ParameterizedTest
  @ValueSource(ints = {4095, 4096, 4097, 100_000})
  void stringsOfAnyLengthPass(int length) throws IOException {
    EdgeAssert<String> edge = EdgeAssert.of(Types.STRING);
    String value = "é猫".repeat(length).substring(0, length);

    assertThat(edge.written(value)).isEqualTo(value.getBytes(StandardCharsets.UTF_16LE));
    assertThat(edge.read(value.getBytes(StandardCharsets.UTF_8))).isEqualTo(value);
    assertThat(edge.readKey(value.getBytes(StandardCharsets.UTF_16LE))).isEqualTo(value);
  }

  @Test
  void loneSurrogatesGoInAsTheyAre() throws IOException {
    assertThat(EdgeAssert.of(Types.STRING).written("\uD83D"))
        .containsExactly((byte) 0x3D, (byte) 0xD8);
  }

  @Test
  void bytesPassAsTheyAre() throws IOException {
    EdgeAssert<byte[]> edge = EdgeAssert.of(PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO);
    byte[] value = {0, -1, 7};

    assertThat(edge.written(value)).isEqualTo(value);
    assertThat(edge.written(new byte[0])).isEmpty();
    assertThat(edge.read(value)).isEqualTo(value);
  }

  @Test
  void malformedOutputIsAnError() {
    assertThatThrownBy(() -> EdgeAssert.of(Types.LONG).read(new byte[7]))
        .hasMessage("malformed BIGINT from Rust: expected 8 bytes, found 7");
    assertThatThrownBy(() -> EdgeAssert.of(Types.STRING).readKey(new byte[3]))
        .hasMessageContaining("half a UTF-16 unit");
    EdgeAssert<Tuple1<Integer>> tuple = EdgeAssert.of(Types.TUPLE(Types.INT));
    assertThatThrownBy(() -> tuple.read(new byte[3]))
        .hasMessageContaining("malformed TUPLE from Rust: field f0 does not fit");
    assertThatThrownBy(() -> tuple.read(new byte[] {9, 0, 0, 0, 1}))
        .hasMessageContaining("malformed TUPLE from Rust: field f0 does not fit");
    assertThatThrownBy(() -> tuple.read(new byte[] {4, 0, 0, 0, 0, 0, 0, 7, 0}))
        .hasMessage("malformed TUPLE from Rust: expected 8 bytes, found 9");
    EdgeAssert<Tuple1<Tuple1<Integer>>> nested = EdgeAssert.of(Types.TUPLE(Types.TUPLE(Types.INT)));
    assertThatThrownBy(() -> nested.read(new byte[3]))
        .hasMessage("malformed record from Rust: expected 4 more bytes, found 3");
    assertThatThrownBy(() -> nested.read(new byte[5]))
        .hasMessage("malformed record from Rust: TupleSerializer left 1 of its 5 bytes unread");
  }
}
