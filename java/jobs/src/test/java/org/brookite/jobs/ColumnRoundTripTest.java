package org.brookite.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.base.LongSerializer;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.GenericArrayData;
import org.apache.flink.table.data.GenericMapData;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RawValueData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.runtime.typeutils.InternalTypeInfo;
import org.apache.flink.table.runtime.typeutils.RowDataSerializer;
import org.apache.flink.table.types.logical.ArrayType;
import org.apache.flink.table.types.logical.BigIntType;
import org.apache.flink.table.types.logical.BooleanType;
import org.apache.flink.table.types.logical.DateType;
import org.apache.flink.table.types.logical.DayTimeIntervalType;
import org.apache.flink.table.types.logical.DecimalType;
import org.apache.flink.table.types.logical.DoubleType;
import org.apache.flink.table.types.logical.FloatType;
import org.apache.flink.table.types.logical.IntType;
import org.apache.flink.table.types.logical.LocalZonedTimestampType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.MapType;
import org.apache.flink.table.types.logical.MultisetType;
import org.apache.flink.table.types.logical.RawType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.SmallIntType;
import org.apache.flink.table.types.logical.TimeType;
import org.apache.flink.table.types.logical.TimestampType;
import org.apache.flink.table.types.logical.TinyIntType;
import org.apache.flink.table.types.logical.VarBinaryType;
import org.apache.flink.table.types.logical.VarCharType;
import org.apache.flink.table.types.logical.YearMonthIntervalType;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.types.RowKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows with a column of every type go into Rust, become a struct, and come back byte for byte. */
class ColumnRoundTripTest {
  @RegisterExtension static final MiniClusterExtension CLUSTER = Clusters.small();

  private static final VarCharType STRING = new VarCharType(VarCharType.MAX_LENGTH);

  private static final RowType ITEM =
      RowType.of(new LogicalType[] {STRING, new DecimalType(10, 2)}, new String[] {"sku", "price"});

  private static final RowType ROW =
      (RowType)
          RowType.of(
                  new LogicalType[] {
                    new BigIntType(false),
                    new BooleanType(),
                    new TinyIntType(),
                    new SmallIntType(),
                    new IntType(),
                    new FloatType(),
                    new DoubleType(),
                    STRING,
                    new VarBinaryType(VarBinaryType.MAX_LENGTH),
                    new DecimalType(10, 2),
                    new DecimalType(38, 10),
                    new DateType(),
                    new TimeType(3),
                    new TimestampType(3),
                    new TimestampType(9),
                    new LocalZonedTimestampType(6),
                    new YearMonthIntervalType(
                        YearMonthIntervalType.YearMonthResolution.YEAR_TO_MONTH),
                    new DayTimeIntervalType(DayTimeIntervalType.DayTimeResolution.DAY_TO_SECOND),
                    new ArrayType(new IntType()),
                    new ArrayType(STRING),
                    new MapType(STRING.copy(false), new BigIntType()),
                    new MultisetType(STRING.copy(false)),
                    ITEM,
                    new ArrayType(ITEM),
                  },
                  new String[] {
                    "id", "flag", "tiny", "small", "number", "ratio", "mean", "name", "bytes",
                    "price", "total", "day", "time", "at", "precise", "instant", "months", "span",
                    "numbers", "names", "counts", "bag", "item", "items",
                  })
              .copy(false);

  private static StringData text(String text) {
    return StringData.fromString(text);
  }

  private static DecimalData decimal(String text, int precision, int scale) {
    return DecimalData.fromBigDecimal(new BigDecimal(text), precision, scale);
  }

  private static RowData full(RowKind kind) {
    return GenericRowData.ofKind(
        kind,
        1L,
        true,
        (byte) -1,
        (short) -2,
        -3,
        0.5f,
        -0.0,
        text("more than seven bytes, 川"),
        new byte[] {1, 2, 3, 4, 5, 6, 7, 8},
        decimal("-12.50", 10, 2),
        decimal("-1234567890123456789012345678.0123456789", 38, 10),
        19_782,
        86_399_999,
        TimestampData.fromEpochMillis(-1),
        TimestampData.fromEpochMillis(-1, 999_999),
        TimestampData.fromEpochMillis(1_709_251_199_999L, 999_000),
        14,
        86_400_001L,
        new GenericArrayData(new Object[] {1, null, 3}),
        new GenericArrayData(new Object[] {text("seven b"), null, text("eight by")}),
        new GenericMapData(Map.of(text("one"), 1L)),
        new GenericMapData(Map.of(text("twice"), 2)),
        GenericRowData.of(text("sku"), decimal("1.00", 10, 2)),
        new GenericArrayData(
            new Object[] {
              GenericRowData.of(text("a sku of more than seven"), null), null,
            }));
  }

  private static RowData nulls() {
    GenericRowData row = new GenericRowData(ROW.getFieldCount());
    row.setField(0, 2L);
    return row;
  }

  private static List<RowData> echo(
      String function, RowType type, boolean reuse, List<RowData> rows) throws Exception {
    StreamExecutionEnvironment env = Clusters.environment(1);
    if (reuse) {
      env.getConfig().enableObjectReuse();
    }
    TypeInformation<RowData> information = InternalTypeInfo.of(type);
    DataStream<RowData> stream = env.fromData(rows, information);
    return Clusters.collect(Plugins.FLINK_FUNCTIONS.on(stream).call(function).as(information));
  }

  /** The bytes that Flink would have written. */
  private static List<RowData> binary(RowType type, List<RowData> rows) {
    RowDataSerializer serializer = new RowDataSerializer(type);
    List<RowData> binary = new ArrayList<>();
    rows.forEach(row -> binary.add(serializer.toBinaryRow(row).copy()));
    return binary;
  }

  @ParameterizedTest(name = "object reuse {0}")
  @ValueSource(booleans = {false, true})
  void everyColumnComesBack(boolean reuse) throws Exception {
    List<RowData> rows = List.of(full(RowKind.INSERT), nulls(), full(RowKind.INSERT));
    assertThat(echo("echo_columns", ROW, reuse, rows)).isEqualTo(binary(ROW, rows));
  }

  @ParameterizedTest(name = "object reuse {0}")
  @ValueSource(booleans = {false, true})
  void changelogsComeBack(boolean reuse) throws Exception {
    List<RowData> rows = new ArrayList<>();
    for (RowKind kind : RowKind.values()) {
      rows.add(full(kind));
    }
    assertThat(echo("echo_changes", ROW, reuse, rows)).isEqualTo(binary(ROW, rows));
  }

  @Test
  void aRetractionIsNoNewRow() {
    assertThatThrownBy(() -> echo("echo_columns", ROW, false, List.of(full(RowKind.DELETE))))
        .hasStackTraceContaining("expected an inserted row (kind 0), found row kind 3");
  }

  @Test
  void whatOnlyJavaCanReadComesBack() throws Exception {
    RowType raw = RowType.of(new RawType<>(Long.class, LongSerializer.INSTANCE));
    List<RowData> rows =
        List.of(GenericRowData.of(RawValueData.fromObject(5L)), GenericRowData.of((Object) null));
    assertThat(echo("echo_raw", raw, false, rows)).isEqualTo(binary(raw, rows));
  }
}
