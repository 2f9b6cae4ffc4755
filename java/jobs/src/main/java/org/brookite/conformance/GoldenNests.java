package org.brookite.conformance;

import static org.brookite.conformance.Samples.map;
import static org.brookite.conformance.Samples.set;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple1;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.api.java.tuple.Tuple3;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.runtime.typeutils.InternalTypeInfo;
import org.apache.flink.table.types.logical.ArrayType;
import org.apache.flink.table.types.logical.DecimalType;
import org.apache.flink.table.types.logical.IntType;
import org.apache.flink.table.types.logical.LocalZonedTimestampType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.MapType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.types.Either;
import org.apache.flink.types.Row;
import org.apache.flink.types.RowKind;
import org.brookite.type.NullableTypeInfo;

/** Types in types, Java's and SQL's. */
final class GoldenNests {

  private GoldenNests() {}

  static void add(Golden golden) {
    golden.part("Types in types");
    TypeInformation<RowData> data =
        GoldenRows.row(new LogicalType[] {new IntType(), GoldenColumns.STRING}, "x", "y");
    RowData row = GenericRowData.ofKind(RowKind.UPDATE_AFTER, 1, StringData.fromString("eight by"));
    RowData nulls = GenericRowData.of(null, null);
    golden.add(Types.LIST(data), List.of(row, nulls), List.of());
    golden.add(Types.LIST(NullableTypeInfo.of(data)), Arrays.asList(row, null));
    golden.add(
        Types.TUPLE(data, NullableTypeInfo.of(data), Types.STRING), Tuple3.of(row, null, "a"));
    // Where Java has a place for null, a type of SQL takes it unless it says NOT NULL.
    TypeInformation<RowData> optional =
        InternalTypeInfo.of(
            (RowType) ((InternalTypeInfo<RowData>) data).toLogicalType().copy(true));
    golden.add(Types.MAP(data, optional), map(row, null, nulls, row));
    golden.add(Types.MAP(data, data), map(row, nulls, nulls, row));
    golden.add(Types.OBJECT_ARRAY(optional), new RowData[] {row, null});
    golden.add(
        Types.EITHER(data, text()), Either.Left(row), Either.Right(StringData.fromString("川")));

    TypeInformation<DecimalData> price = InternalTypeInfo.of(new DecimalType(false, 20, 2));
    TypeInformation<TimestampData> at = InternalTypeInfo.of(new LocalZonedTimestampType(false, 9));
    TypeInformation<StringData> text = text();
    DecimalData twelve = DecimalData.fromBigDecimal(new BigDecimal("12.50"), 20, 2);
    golden.add(
        Types.TUPLE(price, NullableTypeInfo.of(at), Types.LIST(text)),
        Tuple3.of(
            twelve, TimestampData.fromEpochMillis(-1, 1), List.of(StringData.fromString("川"))),
        Tuple3.of(twelve, null, List.of()));
    golden.add(
        Types.MAP(
            text,
            InternalTypeInfo.of(
                new ArrayType(new MapType(new IntType(false), GoldenColumns.STRING)))),
        map(
            StringData.fromString("a"),
            GoldenColumns.array(GoldenColumns.map(1, StringData.fromString("one"), 2, null), null),
            StringData.fromString(""),
            null));

    Order.Line line = Order.Line.of("sku", 3);
    TypeInformation<Order.Line> lineType = Types.POJO(Order.Line.class);
    golden.add(
        Types.TUPLE(
            Types.LIST(Types.MAP(Types.STRING, Types.EITHER(lineType, Types.POJO(Order.class)))),
            Types.INSTANT),
        Tuple2.of(
            List.of(
                map("line", Either.Left(line), "none", null),
                map("order", Either.Right(GoldenRecords.order())),
                Map.of()),
            Instant.EPOCH),
        Tuple2.of(List.of(), null));
    golden.add(
        Types.MAP(Types.TUPLE(Types.ENUM(Order.Status.class)), Types.SET(Types.LIST(Types.INT))),
        map(
            Tuple1.of(Order.Status.NEW),
            set(List.of(1, 2), List.of()),
            Tuple1.of(Order.Status.PAID),
            null));

    TypeInformation<Parcel> parcel =
        Types.POJO(
            Parcel.class,
            Map.of(
                "either",
                Types.EITHER(
                    Types.LONG,
                    Types.MAP(Types.STRING, PrimitiveArrayTypeInfo.LONG_PRIMITIVE_ARRAY_TYPE_INFO)),
                "pair",
                Types.TUPLE(Types.STRING, NullableTypeInfo.of(Types.ENUM(Order.Status.class))),
                "lines",
                Types.LIST(Types.OBJECT_ARRAY(lineType)),
                "row",
                Types.ROW_NAMED(new String[] {"inner"}, Types.LIST(Types.BIG_DEC)),
                "data",
                InternalTypeInfo.of(RowType.of(new LogicalType[] {new IntType()})),
                "price",
                InternalTypeInfo.of(new DecimalType(20, 2))));
    RowData one = GenericRowData.ofKind(RowKind.DELETE, 1);
    golden.add(parcel, parcel(one, twelve, line), new Parcel(), null);
    golden.add(Types.ROW(parcel, parcel), Row.of(parcel(one, twelve, line), null));

    TypeInformation<?> deep = Types.LONG;
    Object value = -1L;
    for (int i = 0; i < 20; i++) {
      deep = i % 2 == 0 ? Types.LIST(deep) : Types.TUPLE(Types.BOOLEAN, deep);
      value = i % 2 == 0 ? List.of(value) : Tuple2.of(true, value);
    }
    addUnchecked(golden, deep, value);
  }

  private static TypeInformation<StringData> text() {
    return InternalTypeInfo.of(GoldenColumns.STRING.copy(false));
  }

  @SuppressWarnings("unchecked") // Made together above.
  private static <T> void addUnchecked(Golden golden, TypeInformation<T> type, Object value) {
    golden.add(type, (T) value);
  }

  private static Parcel parcel(RowData data, DecimalData price, Order.Line line) {
    Parcel parcel = new Parcel();
    parcel.either = Either.Right(map("a", new long[] {1, -1}, "b", null));
    parcel.pair = Tuple2.of(null, null);
    parcel.lines = List.of(new Order.Line[] {line, null}, new Order.Line[0]);
    parcel.row = Row.ofKind(RowKind.DELETE, Arrays.asList(BigDecimal.ONE, null));
    parcel.data = data;
    parcel.price = price;
    return parcel;
  }
}
