package org.brookite.conformance;

import static org.brookite.conformance.Samples.map;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.flink.api.common.typeinfo.BasicArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple;
import org.apache.flink.api.java.tuple.Tuple1;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.api.java.tuple.Tuple3;
import org.apache.flink.types.Either;
import org.apache.flink.types.Row;
import org.apache.flink.types.RowKind;
import org.brookite.type.NullableTypeInfo;

/** Tuples, Java's rows, POJOs, enums, and one of two. */
final class GoldenRecords {

  /** Most fields of a tuple. */
  private static final int MAX_ARITY = 25;

  /**
   * Fields of a row around the bytes of its mask, which starts with two bits for the row's kind.
   */
  private static final int[] ARITIES = {1, 5, 6, 7, 8, 14, 15, 22, 23};

  private GoldenRecords() {}

  static void add(Golden golden) {
    golden.part("Tuples");
    golden.add(Types.TUPLE(Types.LONG), Tuple1.of(1L));
    golden.add(Types.TUPLE(Types.LONG, Types.STRING), Tuple2.of(1L, "a"), Tuple2.of(2L, null));
    golden.addSpelled(
        "Tuple2<Long, String>", Types.TUPLE(Types.LONG, Types.STRING), Tuple2.of(3L, "b"));
    golden.add(
        Types.TUPLE(
            NullableTypeInfo.of(Types.INT), NullableTypeInfo.of(Types.STRING), Types.BIG_INT),
        Tuple3.of(1, "a", null),
        Tuple3.of(null, null, Samples.BIG_INTEGERS[12]));
    golden.add(
        Types.TUPLE(Types.TUPLE(Types.TUPLE(Types.BOOLEAN)), Types.FLOAT),
        Tuple2.of(Tuple1.of(Tuple1.of(true)), -1.5f));
    widest(golden);

    golden.part("Java's rows");
    TypeInformation<Row> named =
        Types.ROW_NAMED(
            new String[] {"id", "the name", "ratio"}, Types.LONG, Types.STRING, Types.DOUBLE);
    for (RowKind kind : RowKind.values()) {
      golden.add(named, Row.ofKind(kind, 1L, "a", 0.5), Row.ofKind(kind, null, null, null));
    }
    golden.addSpelled("Row<Long, String>", Types.ROW(Types.LONG, Types.STRING), Row.of(1L, null));
    golden.add(Types.ROW(), Row.of());
    for (int arity : ARITIES) {
      TypeInformation<?>[] types = new TypeInformation<?>[arity];
      Arrays.fill(types, Types.INT);
      golden.add(
          Types.ROW(types),
          numbers(arity, field -> true),
          numbers(arity, field -> false),
          numbers(arity, field -> field % 2 == 0),
          numbers(arity, field -> field != arity - 1));
    }
    golden.add(
        Types.ROW(named, NullableTypeInfo.of(Types.LONG), Types.LIST(Types.INT)),
        Row.of(Row.ofKind(RowKind.DELETE, 1L, null, 2.0), 5L, List.of(1)),
        Row.of(null, null, null));

    golden.part("POJOs and enums");
    TypeInformation<Order> order = Types.POJO(Order.class);
    golden.add(order, order(), new Order(), null);
    TypeInformation<Order.Line> line = Types.POJO(Order.Line.class);
    golden.add(line, Order.Line.of("a", 1), Order.Line.of(null, -1), null);
    golden.add(Types.POJO(Order.Empty.class), new Order.Empty(), null);
    golden.add(Types.LIST(line), Arrays.asList(Order.Line.of("a", 1), null));
    golden.add(NullableTypeInfo.of(line), Order.Line.of("a", 1), null);
    golden.add(Types.ENUM(Order.Status.class), Order.Status.values());
    golden.add(NullableTypeInfo.of(Types.ENUM(Order.Status.class)), Order.Status.PAID, null);

    golden.part("One of two");
    TypeInformation<Either<Long, String>> either = Types.EITHER(Types.LONG, Types.STRING);
    golden.add(either, Either.Left(1L), Either.Right("a"));
    golden.add(
        Types.EITHER(either, Types.LIST(NullableTypeInfo.of(Types.ENUM(Order.Status.class)))),
        Either.Left(Either.Right("deep")),
        Either.Left(Either.Left(-1L)),
        Either.Right(Arrays.asList(Order.Status.SHIPPED, null)));
  }

  private static Row numbers(int arity, java.util.function.IntPredicate filled) {
    return Row.of(IntStream.range(0, arity).mapToObj(i -> filled.test(i) ? i : null).toArray());
  }

  /** A tuple of most fields, of many types. */
  private static void widest(Golden golden) {
    TypeInformation<?>[] some = {
      Types.LONG,
      Types.STRING,
      NullableTypeInfo.of(Types.DOUBLE),
      Types.INSTANT,
      Types.CHAR,
      PrimitiveArrayTypeInfo.INT_PRIMITIVE_ARRAY_TYPE_INFO,
      BasicArrayTypeInfo.LONG_ARRAY_TYPE_INFO,
    };
    Object[] values = {
      7L, "text", null, null, 'c', new int[] {1, 2}, new Long[] {1L, null},
    };
    TypeInformation<?>[] types = new TypeInformation<?>[MAX_ARITY];
    Tuple tuple = Tuple.newInstance(MAX_ARITY);
    for (int i = 0; i < MAX_ARITY; i++) {
      types[i] = some[i % some.length];
      tuple.setField(values[i % some.length], i);
    }
    golden.add(Types.TUPLE(types), tuple);
  }

  static Order order() {
    Order order = new Order();
    order.id = 42;
    order.customer = "小川";
    order.total = new BigDecimal("12.50");
    order.priority = -1;
    order.status = Order.Status.PAID;
    order.weights = new double[] {0.5, Double.NaN};
    order.lines = Arrays.asList(Order.Line.of("a", 1), null, Order.Line.of(null, 2));
    order.byName = map("first", order.lines.get(0), null, null);
    order.setExpress(true);
    return order;
  }
}
