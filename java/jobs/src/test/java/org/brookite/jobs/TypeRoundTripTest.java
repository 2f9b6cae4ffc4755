package org.brookite.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.BasicArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.java.tuple.Tuple3;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.types.Either;
import org.apache.flink.types.Row;
import org.apache.flink.types.RowKind;
import org.apache.flink.util.StringUtils;
import org.brookite.RustJobException;
import org.brookite.type.NullableTypeInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Values of Java's types go into Rust, become Rust's own, and come back as they were. */
class TypeRoundTripTest {
  @RegisterExtension static final MiniClusterExtension CLUSTER = Clusters.small();

  /** A class that jobs would call a POJO. */
  public static class Line {
    public String sku;
    public int quantity;
    public BigDecimal price;
    public Status status;

    public static Line of(String sku, int quantity, String price, Status status) {
      Line line = new Line();
      line.sku = sku;
      line.quantity = quantity;
      line.price = price == null ? null : new BigDecimal(price);
      line.status = status;
      return line;
    }
  }

  public enum Status {
    NEW,
    PAID,
    SHIPPED
  }

  private static <T> List<T> echo(
      String function, TypeInformation<T> type, boolean reuse, List<T> values) throws Exception {
    StreamExecutionEnvironment env = Clusters.environment(1);
    if (reuse) {
      env.getConfig().enableObjectReuse();
    }
    DataStream<T> stream = env.fromData(values, type);
    return Clusters.collect(Plugins.FLINK_FUNCTIONS.on(stream).call(function).as(type));
  }

  private static Arguments echoes(String function, TypeInformation<?> type, Object... values) {
    return Arguments.of(function, type, Arrays.asList(values));
  }

  static List<Arguments> streams() {
    TypeInformation<Row> row =
        Types.ROW_NAMED(new String[] {"id", "name"}, Types.LONG, Types.STRING);
    Map<String, Long> map = new TreeMap<>(Map.of("one", 1L, "minus one", -1L));
    map.put("none", null);
    return List.of(
        echoes("echo_byte", Types.BYTE, (byte) 1, Byte.MIN_VALUE),
        echoes("echo_short", Types.SHORT, (short) 1, Short.MIN_VALUE),
        echoes("echo_float", Types.FLOAT, 0.5f, -0f, Float.NaN, Float.MAX_VALUE),
        echoes("echo_character", Types.CHAR, 'a', '川'),
        echoes("echo_big_integer", Types.BIG_INT, BigInteger.TEN, BigInteger.ONE.shiftLeft(200)),
        echoes(
            "echo_big_decimal",
            Types.BIG_DEC,
            new BigDecimal("1.00"),
            new BigDecimal("-1E+3"),
            new BigDecimal("123456789012345678901234567890.123456789")),
        echoes(
            "echo_instant",
            Types.INSTANT,
            Instant.EPOCH,
            Instant.parse("2024-02-29T23:59:59.123456789Z"),
            Instant.ofEpochSecond(-1, 999_999_999)),
        echoes("echo_local_date", Types.LOCAL_DATE, LocalDate.of(2024, 2, 29), LocalDate.EPOCH),
        echoes("echo_local_time", Types.LOCAL_TIME, LocalTime.MIDNIGHT, LocalTime.MAX),
        echoes(
            "echo_local_date_time",
            Types.LOCAL_DATE_TIME,
            LocalDateTime.of(1969, 12, 31, 23, 59, 59, 1),
            LocalDateTime.of(-44, 3, 15, 12, 0)),
        echoes(
            "echo_long_array",
            PrimitiveArrayTypeInfo.LONG_PRIMITIVE_ARRAY_TYPE_INFO,
            new long[0],
            new long[] {1, -1, Long.MAX_VALUE}),
        echoes(
            "echo_object_array",
            BasicArrayTypeInfo.LONG_ARRAY_TYPE_INFO,
            new Long[0],
            new Long[] {1L, null}),
        echoes(
            "echo_string_array",
            BasicArrayTypeInfo.STRING_ARRAY_TYPE_INFO,
            new String[0],
            new String[] {"a", null, "川"}),
        echoes("echo_list", Types.LIST(Types.STRING), List.of(), List.of("a", "", "川")),
        echoes(
            "echo_list_of_options",
            Types.LIST(NullableTypeInfo.of(Types.LONG)),
            Arrays.asList(1L, null)),
        echoes("echo_set", Types.SET(Types.LONG), Set.of(), Set.of(1L, -1L, 5L)),
        echoes("echo_map", Types.MAP(Types.STRING, Types.LONG), Map.of(), map),
        echoes(
            "echo_either",
            Types.EITHER(Types.LONG, Types.STRING),
            Either.Left(1L),
            Either.Right("right")),
        echoes("echo_enum", Types.ENUM(Status.class), Status.NEW, Status.SHIPPED),
        echoes(
            "echo_options",
            Types.TUPLE(
                Types.LONG, NullableTypeInfo.of(Types.DOUBLE), NullableTypeInfo.of(Types.INT)),
            Tuple3.of(1L, 0.5, 2),
            Tuple3.of(2L, null, null)),
        echoes(
            "echo_pojo",
            Types.POJO(Line.class),
            Line.of("a", 1, "1.50", Status.PAID),
            Line.of(null, -1, null, null)),
        echoes(
            "echo_lines",
            Types.TUPLE(
                Types.LONG,
                Types.LIST(
                    Types.MAP(Types.STRING, Types.EITHER(Types.POJO(Line.class), Types.LONG))),
                Types.INSTANT),
            Tuple3.of(
                1L,
                List.of(
                    Map.of("line", Either.Left(Line.of("b", 2, "2", Status.NEW))),
                    Map.of(),
                    Map.of("number", Either.Right(5L))),
                Instant.EPOCH)),
        echoes(
            "echo_java_row",
            row,
            Row.of(1L, "a"),
            Row.of(2L, null),
            Row.ofKind(RowKind.UPDATE_BEFORE, 3L, "b"),
            Row.ofKind(RowKind.UPDATE_AFTER, 4L, null),
            Row.ofKind(RowKind.DELETE, 5L, "川")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("streams")
  void valuesComeBack(String function, TypeInformation<Object> type, List<Object> values)
      throws Exception {
    for (boolean reuse : new boolean[] {false, true}) {
      List<Object> found = echo(function, type, reuse, values);
      if (values.get(0) instanceof Map || values.get(0) instanceof Set) {
        // Java's maps and sets have no order to compare.
        assertThat(found).isEqualTo(values);
      } else {
        assertThat(written(type, found)).isEqualTo(written(type, values));
      }
    }
  }

  /** The bytes that Flink writes: to them, NaN is itself, and -0.0 is not 0.0. */
  private static List<String> written(TypeInformation<Object> type, List<Object> values)
      throws IOException {
    TypeSerializer<Object> serializer = type.createSerializer(new SerializerConfigImpl());
    List<String> written = new ArrayList<>();
    for (Object value : values) {
      DataOutputSerializer output = new DataOutputSerializer(64);
      serializer.serialize(value, output);
      written.add(StringUtils.byteToHexString(output.getCopyOfBuffer()));
    }
    return written;
  }

  @Test
  void aFieldThatRustHasNoOptionForIsNamedWhenItIsNull() {
    TypeInformation<Row> row =
        Types.ROW_NAMED(new String[] {"id", "name"}, Types.LONG, Types.STRING);
    assertThatThrownBy(() -> echo("echo_java_row", row, false, List.of(Row.of(null, "a"))))
        .hasStackTraceContaining("field 'id': expected a value, found null");
  }

  @Test
  void aTypeThatDoesNotFitNamesItsPath() {
    DataStream<Map<String, Integer>> stream =
        Clusters.environment(1)
            .fromData(List.of(Map.of("a", 1)), Types.MAP(Types.STRING, Types.INT));
    assertThatThrownBy(() -> Plugins.FLINK_FUNCTIONS.on(stream).call("echo_map"))
        .isInstanceOf(RustJobException.class)
        .hasMessageContaining("'{value}' is BIGINT in Rust and INT in Flink");
  }
}
