package org.brookite.conformance;

import static org.brookite.conformance.GoldenColumns.STRING;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.runtime.typeutils.InternalTypeInfo;
import org.apache.flink.table.types.logical.ArrayType;
import org.apache.flink.table.types.logical.BigIntType;
import org.apache.flink.table.types.logical.BooleanType;
import org.apache.flink.table.types.logical.DecimalType;
import org.apache.flink.table.types.logical.DoubleType;
import org.apache.flink.table.types.logical.IntType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.MapType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.TimestampType;
import org.apache.flink.types.RowKind;
import org.brookite.type.NullableTypeInfo;

/** SQL's rows as wholes: many columns, their kinds, and one after the other in the same row. */
final class GoldenRows {

  /** Columns around the words of the null bits, of which the row's kind takes the first eight. */
  private static final int[] ARITIES = {0, 1, 55, 56, 57, 64, 120, 121};

  private GoldenRows() {}

  static void add(Golden golden) {
    golden.part("SQL: rows");
    for (int arity : ARITIES) {
      wide(golden, arity);
    }
    StringData inline = StringData.fromString("seven b");
    StringData outside = StringData.fromString("eight by");

    RowType address =
        RowType.of(new LogicalType[] {STRING, new IntType(false)}, new String[] {"city", "zip"});
    TypeInformation<RowData> row =
        row(
            new LogicalType[] {
              new BigIntType(false),
              STRING,
              new DecimalType(30, 4),
              new TimestampType(6),
              STRING,
              new ArrayType(address),
              new MapType(STRING.copy(false), new ArrayType(new DoubleType())),
              address,
              new BooleanType(),
            },
            "id",
            "name",
            "total",
            "at",
            "note",
            "past",
            "tags",
            "address",
            "the flag");
    for (RowKind kind : RowKind.values()) {
      golden.add(
          row,
          GenericRowData.ofKind(
              kind,
              42L,
              inline,
              DecimalData.fromBigDecimal(
                  new java.math.BigDecimal("-12345678901234567890.5000"), 30, 4),
              TimestampData.fromEpochMillis(-1, 999_000),
              outside,
              GoldenColumns.array(GenericRowData.of(outside, 1), null, GenericRowData.of(null, -1)),
              GoldenColumns.map(inline, GoldenColumns.array(0.5, null), outside, null),
              GenericRowData.ofKind(RowKind.DELETE, inline, 10115),
              true),
          GenericRowData.ofKind(kind, 1L, null, null, null, null, null, null, null, null),
          GenericRowData.ofKind(kind, 2L, outside, null, null, outside, null, null, null, false));
    }
    golden.addSpelled(
        "RowData<id BIGINT NOT NULL, name VARCHAR(2147483647)>",
        row(new LogicalType[] {new BigIntType(false), STRING}, "id", "name"),
        GenericRowData.of(7L, inline));
    golden.add(
        NullableTypeInfo.of(row(new LogicalType[] {new IntType()}, "a")),
        GenericRowData.of(1),
        null);
    golden.add(
        row(new LogicalType[] {nested(20)}, "deep"),
        GenericRowData.of(value(20, StringData.fromString("the bottom of it"))));
  }

  private static void wide(Golden golden, int arity) {
    LogicalType[] types = new LogicalType[arity];
    Arrays.fill(types, new IntType());
    String[] names = IntStream.range(0, arity).mapToObj(i -> "c" + i).toArray(String[]::new);
    TypeInformation<RowData> type = row(types, names);
    for (int every = 1; every <= 2; every++) {
      GenericRowData row = new GenericRowData(arity);
      for (int i = 0; i < arity; i += every) {
        row.setField(i, i);
      }
      golden.add(type, row);
      if (arity == 0) {
        return;
      }
    }
    golden.add(type, new GenericRowData(arity));
  }

  private static LogicalType nested(int depth) {
    return depth == 0
        ? STRING
        : RowType.of(new LogicalType[] {nested(depth - 1)}, new String[] {"d" + depth});
  }

  private static Object value(int depth, Object bottom) {
    return depth == 0 ? bottom : GenericRowData.of(value(depth - 1, bottom));
  }

  static TypeInformation<RowData> row(LogicalType[] types, String... names) {
    return InternalTypeInfo.of((RowType) RowType.of(types, names).copy(false));
  }
}
