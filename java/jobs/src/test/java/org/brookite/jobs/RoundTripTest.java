package org.brookite.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple3;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.runtime.typeutils.InternalTypeInfo;
import org.apache.flink.table.runtime.typeutils.RowDataSerializer;
import org.apache.flink.table.types.logical.BigIntType;
import org.apache.flink.table.types.logical.DoubleType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.VarBinaryType;
import org.apache.flink.table.types.logical.VarCharType;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Values of every type go into Rust and come back as they were. */
class RoundTripTest {
  @RegisterExtension static final MiniClusterExtension CLUSTER = Clusters.small();

  private static final RowType ROW =
      RowType.of(
          new LogicalType[] {
            new BigIntType(false),
            new VarCharType(true, VarCharType.MAX_LENGTH),
            new VarBinaryType(true, VarBinaryType.MAX_LENGTH),
            new DoubleType(true),
          },
          new String[] {"id", "text", "bytes", "ratio"});

  private static <T> List<T> echo(
      String function, TypeInformation<T> type, boolean reuse, List<T> values) throws Exception {
    StreamExecutionEnvironment env = Clusters.environment(1);
    if (reuse) {
      env.getConfig().enableObjectReuse();
    }
    var stream = env.fromData(values, type);
    return Clusters.collect(Plugins.FLINK_FUNCTIONS.on(stream).call(function).as(type));
  }

  @ParameterizedTest(name = "object reuse {0}")
  @ValueSource(booleans = {false, true})
  void primitives(boolean reuse) throws Exception {
    List<Boolean> booleans = List.of(true, false, true);
    assertThat(echo("echo_boolean", Types.BOOLEAN, reuse, booleans)).isEqualTo(booleans);
    List<Integer> ints = List.of(0, -1, Integer.MIN_VALUE, Integer.MAX_VALUE);
    assertThat(echo("echo_int", Types.INT, reuse, ints)).isEqualTo(ints);
    List<Long> longs = List.of(0L, -1L, Long.MIN_VALUE, Long.MAX_VALUE);
    assertThat(echo("echo_long", Types.LONG, reuse, longs)).isEqualTo(longs);
    List<Double> doubles = List.of(0.0, -0.0, Math.PI, Double.NaN, Double.MIN_VALUE);
    assertThat(echo("echo_double", Types.DOUBLE, reuse, doubles)).isEqualTo(doubles);
  }

  @ParameterizedTest(name = "object reuse {0}")
  @ValueSource(booleans = {false, true})
  void strings(boolean reuse) throws Exception {
    String long_ = "brook, ручей, 小川, \uD83E\uDD80. ".repeat(20_000);
    List<String> strings = List.of("", "a", "\u0000", "été", "小川", "\uD83E\uDD80", long_, "b");
    assertThat(echo("echo_string", Types.STRING, reuse, strings)).isEqualTo(strings);
  }

  @ParameterizedTest(name = "object reuse {0}")
  @ValueSource(booleans = {false, true})
  void bytes(boolean reuse) throws Exception {
    byte[] large = new byte[1_000_000];
    large[large.length - 1] = -1;
    List<byte[]> values = List.of(new byte[0], new byte[] {0, -128, 127}, large, new byte[1]);
    TypeInformation<byte[]> type = PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO;
    assertThat(echo("echo_bytes", type, reuse, values))
        .usingElementComparator(java.util.Arrays::compare)
        .containsExactlyElementsOf(values);
  }

  @ParameterizedTest(name = "object reuse {0}")
  @ValueSource(booleans = {false, true})
  void tuplesWithNulls(boolean reuse) throws Exception {
    TypeInformation<Tuple3<Long, String, Double>> type =
        Types.TUPLE(Types.LONG, Types.STRING, Types.DOUBLE);
    List<Tuple3<Long, String, Double>> tuples =
        List.of(Tuple3.of(1L, "one", 1.5), Tuple3.of(2L, null, -0.0), Tuple3.of(3L, "", 0.0));
    assertThat(echo("echo_tuple", type, reuse, tuples)).isEqualTo(tuples);
  }

  @ParameterizedTest(name = "object reuse {0}")
  @ValueSource(booleans = {false, true})
  void rowsWithNulls(boolean reuse) throws Exception {
    RowDataSerializer serializer = new RowDataSerializer(ROW);
    StringData text = StringData.fromString("ручей, a text of more than seven bytes");
    List<RowData> rows =
        List.of(
            GenericRowData.of(1L, text, new byte[] {1, 2, 3}, 0.5),
            GenericRowData.of(2L, null, null, null),
            GenericRowData.of(3L, StringData.fromString("short"), new byte[0], Double.NaN));
    List<RowData> binary = new java.util.ArrayList<>();
    for (RowData row : rows) {
      binary.add(serializer.toBinaryRow(row).copy());
    }
    assertThat(echo("echo_row", InternalTypeInfo.of(ROW), reuse, rows)).isEqualTo(binary);
  }

  /** One record whose results are larger than any buffer's first size. */
  @ParameterizedTest(name = "object reuse {0}")
  @ValueSource(booleans = {false, true})
  void manyResultsOfOneRecord(boolean reuse) throws Exception {
    StreamExecutionEnvironment env = Clusters.environment(1);
    if (reuse) {
      env.getConfig().enableObjectReuse();
    }
    var stream = Plugins.FLINK_FUNCTIONS.on(env.fromData(200_000L, 0L, 3L)).call("count_to");
    List<Long> results = Clusters.collect(stream.as(Types.LONG));
    assertThat(results).hasSize(200_003).startsWith(1L, 2L).endsWith(200_000L, 1L, 2L, 3L);
  }

  /** Two functions in one call are one stage. */
  @ParameterizedTest(name = "object reuse {0}")
  @ValueSource(booleans = {false, true})
  void fusedFunctions(boolean reuse) throws Exception {
    StreamExecutionEnvironment env = Clusters.environment(1);
    if (reuse) {
      env.getConfig().enableObjectReuse();
    }
    var call = Plugins.FLINK_FUNCTIONS.on(env.fromData(4L, 2L)).call("count_to", "only_even");
    assertThat(Clusters.collect(call.as(Types.LONG))).containsExactly(2L, 4L, 2L);
  }
}
