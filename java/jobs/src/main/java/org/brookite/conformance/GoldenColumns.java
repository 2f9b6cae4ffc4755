package org.brookite.conformance;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.base.LongSerializer;
import org.apache.flink.api.common.typeutils.base.StringSerializer;
import org.apache.flink.table.data.ArrayData;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.GenericArrayData;
import org.apache.flink.table.data.GenericMapData;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.MapData;
import org.apache.flink.table.data.RawValueData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.runtime.typeutils.InternalTypeInfo;
import org.apache.flink.table.types.logical.ArrayType;
import org.apache.flink.table.types.logical.BigIntType;
import org.apache.flink.table.types.logical.BinaryType;
import org.apache.flink.table.types.logical.BooleanType;
import org.apache.flink.table.types.logical.CharType;
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
import org.brookite.type.NullableTypeInfo;

/** Each type of SQL: in a column, in arrays, maps and multisets in a column, and on a stream. */
final class GoldenColumns {

  static final VarCharType STRING = new VarCharType(VarCharType.MAX_LENGTH);
  static final VarBinaryType BYTES = new VarBinaryType(VarBinaryType.MAX_LENGTH);

  private static final int LAST_MILLI_OF_DAY = 86_399_999;
  private static final long FAR_PAST = -377_705_116_800_000L; // -9999-01-01
  private static final long FAR_FUTURE = 3_093_527_980_800_000L; // +100000-01-01

  private final Golden golden;

  private GoldenColumns(Golden golden) {
    this.golden = golden;
  }

  static void add(Golden golden) {
    new GoldenColumns(golden).add();
  }

  private void add() {
    golden.part("SQL: numbers");
    each(new BooleanType(), true, false);
    each(new TinyIntType(), (Object[]) Samples.BYTES);
    each(new SmallIntType(), (Object[]) Samples.SHORTS);
    each(new IntType(), (Object[]) Samples.INTS);
    each(new BigIntType(), (Object[]) Samples.LONGS);
    each(new FloatType(), (Object[]) Samples.FLOATS);
    each(new DoubleType(), (Object[]) Samples.DOUBLES);
    decimals(1, 0);
    decimals(10, 2);
    decimals(18, 18);
    decimals(19, 0);
    decimals(20, 10);
    decimals(38, 0);
    decimals(38, 38);

    golden.part("SQL: text and bytes");
    Object[] texts = Stream.of(Samples.TEXTS).map(StringData::fromString).toArray();
    each(STRING, texts);
    each(new VarCharType(40), texts[4], texts[5], texts[16]);
    each(new CharType(3), StringData.fromString("abc"), StringData.fromString("川川川"));
    each(BYTES, new byte[0], Samples.count(7), Samples.count(8), Samples.count(17));
    each(new VarBinaryType(9), new byte[] {-1}, Samples.count(9));
    each(new BinaryType(8), Samples.count(8), new byte[8]);

    golden.part("SQL: times");
    each(
        new DateType(),
        0,
        -1,
        (int) LocalDate.of(2024, 2, 29).toEpochDay(),
        (int) LocalDate.of(10_000, 1, 1).toEpochDay(),
        (int) LocalDate.of(-44, 3, 15).toEpochDay(),
        Integer.MIN_VALUE,
        Integer.MAX_VALUE);
    each(new TimeType(0), 0, 1_000, LAST_MILLI_OF_DAY - 999);
    each(new TimeType(3), 0, 1, 45_296_789, LAST_MILLI_OF_DAY);
    each(new TimeType(9), 60_000, LAST_MILLI_OF_DAY);
    for (LogicalType type :
        new LogicalType[] {new TimestampType(0), new LocalZonedTimestampType(0)}) {
      each(type, timestamp(0, 0), timestamp(-1_000, 0), timestamp(FAR_FUTURE, 0));
    }
    for (LogicalType type :
        new LogicalType[] {new TimestampType(3), new LocalZonedTimestampType(3)}) {
      each(
          type,
          timestamp(0, 0),
          timestamp(-1, 0),
          timestamp(1_709_251_199_999L, 0),
          timestamp(FAR_PAST + 1, 0));
    }
    for (LogicalType type :
        new LogicalType[] {new TimestampType(6), new LocalZonedTimestampType(6)}) {
      each(
          type,
          timestamp(0, 1_000),
          timestamp(-1, 999_000),
          timestamp(1_709_251_199_999L, 999_000),
          timestamp(FAR_PAST, 0));
    }
    for (LogicalType type :
        new LogicalType[] {new TimestampType(9), new LocalZonedTimestampType(9)}) {
      each(
          type,
          timestamp(0, 1),
          timestamp(-1, 999_999),
          timestamp(-1, 1),
          timestamp(FAR_FUTURE, 123_456));
    }
    each(
        new LocalZonedTimestampType(3), timestamp(Long.MIN_VALUE, 0), timestamp(Long.MAX_VALUE, 0));
    each(
        new YearMonthIntervalType(YearMonthIntervalType.YearMonthResolution.YEAR_TO_MONTH),
        0,
        14,
        -14,
        Integer.MIN_VALUE);
    each(
        new DayTimeIntervalType(DayTimeIntervalType.DayTimeResolution.DAY_TO_SECOND),
        0L,
        86_400_001L,
        -1L,
        Long.MAX_VALUE);

    golden.part("SQL: nested and raw");
    each(
        new ArrayType(new IntType()),
        array(),
        array(1, null, 3),
        new GenericArrayData(new int[] {1, 2, 3}));
    each(
        new ArrayType(STRING),
        array(),
        array(texts[4], null, texts[5], texts[17]),
        array((Object) null));
    each(new ArrayType(new ArrayType(new SmallIntType())), array(array((short) 1), null, array()));
    each(
        new MapType(STRING.copy(false), new DoubleType()),
        map(),
        map(texts[1], 0.5, texts[5], null, texts[0], -0.0));
    each(
        new MapType(new IntType(), new MapType(new IntType(), STRING)),
        map(1, map(2, texts[5], 3, null), null, null));
    each(new MultisetType(STRING), map(), map(texts[1], 2, texts[17], 1));
    each(
        RowType.of(new LogicalType[] {new IntType(), STRING}, new String[] {"x", "y"}),
        GenericRowData.of(1, texts[4]),
        GenericRowData.of(null, texts[17]),
        GenericRowData.of(null, null));
    each(
        new RawType<>(Long.class, LongSerializer.INSTANCE),
        RawValueData.fromObject(5L),
        RawValueData.fromObject(-1L));
    each(
        new RawType<>(String.class, StringSerializer.INSTANCE),
        RawValueData.fromObject(""),
        RawValueData.fromObject("more than seven bytes"));
  }

  /** Zero, the smallest steps, and the largest numbers of a precision, and what fits 64 bits. */
  private void decimals(int precision, int scale) {
    BigInteger largest = BigInteger.TEN.pow(precision).subtract(BigInteger.ONE);
    Object[] values =
        Stream.of(
                BigInteger.ZERO,
                BigInteger.ONE,
                BigInteger.ONE.negate(),
                largest,
                largest.negate(),
                BigInteger.valueOf(Long.MAX_VALUE),
                BigInteger.valueOf(Long.MIN_VALUE))
            .filter(unscaled -> unscaled.abs().compareTo(largest) <= 0)
            .map(unscaled -> new BigDecimal(unscaled, scale))
            .map(decimal -> DecimalData.fromBigDecimal(decimal, precision, scale))
            .toArray();
    each(new DecimalType(precision, scale), values);
  }

  private static TimestampData timestamp(long milli, int nanoOfMilli) {
    return TimestampData.fromEpochMillis(milli, nanoOfMilli);
  }

  static ArrayData array(Object... values) {
    return new GenericArrayData(values);
  }

  /** Keys and values in turns. */
  static MapData map(Object... keysAndValues) {
    return new GenericMapData(Samples.map(keysAndValues));
  }

  private void each(LogicalType type, Object... values) {
    TypeInformation<Object> stream = InternalTypeInfo.of(type.copy(false));
    golden.add(stream, values);
    golden.add(NullableTypeInfo.of(stream), values[0], null);

    TypeInformation<RowData> row = row(type);
    for (Object value : Samples.withNull(values)) {
      golden.add(row, GenericRowData.of(value));
    }
    golden.add(row(type.copy(false)), GenericRowData.of(values[values.length - 1]));

    Object[] withNull = Samples.withNull(values);
    withNull[values.length] = values[0];
    withNull[0] = null;
    golden.add(row(new ArrayType(type)), GenericRowData.of(array(withNull)));
    golden.add(row(new ArrayType(type.copy(false))), GenericRowData.of(array(values)));

    Map<Object, Object> byNumber = new LinkedHashMap<>();
    Map<Object, Object> numbers = new LinkedHashMap<>();
    for (int i = 0; i < withNull.length; i++) {
      byNumber.put(i, withNull[i]);
      numbers.put(withNull[i], i);
    }
    golden.add(
        row(new MapType(new IntType(false), type)),
        GenericRowData.of(new GenericMapData(byNumber)));
    golden.add(
        row(new MapType(type, new IntType(false))), GenericRowData.of(new GenericMapData(numbers)));
    golden.add(row(new MultisetType(type)), GenericRowData.of(new GenericMapData(numbers)));
  }

  private static TypeInformation<RowData> row(LogicalType column) {
    return InternalTypeInfo.of(
        new RowType(false, Arrays.asList(new RowType.RowField("a", column))));
  }
}
