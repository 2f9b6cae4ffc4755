package org.brookite.conformance;

import static org.brookite.conformance.Samples.map;
import static org.brookite.conformance.Samples.set;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.api.common.typeinfo.BasicArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.api.java.typeutils.NullableListTypeInfo;
import org.apache.flink.api.java.typeutils.NullableMapTypeInfo;
import org.apache.flink.api.java.typeutils.NullableSetTypeInfo;
import org.apache.flink.api.java.typeutils.ObjectArrayTypeInfo;
import org.brookite.type.NullableTypeInfo;

/** Java's arrays, lists, sets and maps. */
final class GoldenCollections {

  private GoldenCollections() {}

  static void add(Golden golden) {
    golden.part("Java's arrays");
    golden.add(
        PrimitiveArrayTypeInfo.BOOLEAN_PRIMITIVE_ARRAY_TYPE_INFO,
        new boolean[0],
        new boolean[] {true, false, true});
    golden.add(
        PrimitiveArrayTypeInfo.SHORT_PRIMITIVE_ARRAY_TYPE_INFO,
        new short[0],
        new short[] {0, -1, Short.MIN_VALUE});
    golden.add(
        PrimitiveArrayTypeInfo.INT_PRIMITIVE_ARRAY_TYPE_INFO,
        new int[0],
        new int[] {0, -1, Integer.MAX_VALUE});
    golden.add(
        PrimitiveArrayTypeInfo.LONG_PRIMITIVE_ARRAY_TYPE_INFO,
        new long[0],
        new long[] {0, -1, Long.MIN_VALUE});
    golden.add(
        PrimitiveArrayTypeInfo.FLOAT_PRIMITIVE_ARRAY_TYPE_INFO,
        new float[0],
        new float[] {-0f, Float.NaN, Float.POSITIVE_INFINITY});
    golden.add(
        PrimitiveArrayTypeInfo.DOUBLE_PRIMITIVE_ARRAY_TYPE_INFO,
        new double[0],
        new double[] {-0.0, Double.NaN, Double.NEGATIVE_INFINITY});
    golden.add(
        PrimitiveArrayTypeInfo.CHAR_PRIMITIVE_ARRAY_TYPE_INFO,
        new char[0],
        new char[] {'a', '川', '\uDD80'});
    golden.add(
        BasicArrayTypeInfo.STRING_ARRAY_TYPE_INFO,
        new String[0],
        new String[] {"a", null, ""},
        Samples.TEXTS);
    objects(golden, BasicArrayTypeInfo.BOOLEAN_ARRAY_TYPE_INFO, true, null, false);
    objects(golden, BasicArrayTypeInfo.BYTE_ARRAY_TYPE_INFO, (byte) 1, null, (byte) -1);
    objects(golden, BasicArrayTypeInfo.SHORT_ARRAY_TYPE_INFO, (short) 1, null, (short) -1);
    objects(golden, BasicArrayTypeInfo.INT_ARRAY_TYPE_INFO, 1, null, -1);
    objects(golden, BasicArrayTypeInfo.LONG_ARRAY_TYPE_INFO, 1L, null, -1L);
    objects(golden, BasicArrayTypeInfo.FLOAT_ARRAY_TYPE_INFO, 1f, null, Float.NaN);
    objects(golden, BasicArrayTypeInfo.DOUBLE_ARRAY_TYPE_INFO, 1.0, null, -0.0);
    objects(golden, BasicArrayTypeInfo.CHAR_ARRAY_TYPE_INFO, 'a', null, '\uD83E');
    // Of the same Java class as above, written by another serializer.
    objects(golden, ObjectArrayTypeInfo.getInfoFor(Types.STRING), "a", null, "");
    golden.add(
        Types.OBJECT_ARRAY(BasicArrayTypeInfo.STRING_ARRAY_TYPE_INFO),
        new String[][] {{"a"}, null, {}, {null}});
    golden.addSpelled(
        "long[][]",
        Types.OBJECT_ARRAY(PrimitiveArrayTypeInfo.LONG_PRIMITIVE_ARRAY_TYPE_INFO),
        new long[][] {{1, 2}, null, {}});
    golden.addSpelled(
        "Long[]", BasicArrayTypeInfo.LONG_ARRAY_TYPE_INFO, new Long[] {1L, null}, new Long[0]);

    golden.part("Java's lists and sets");
    golden.add(Types.LIST(Types.LONG), List.of(), List.of(1L), List.of(1L, -1L, 0L));
    golden.add(Types.LIST(Types.STRING), List.of(""), Arrays.asList("a", null, "川"));
    golden.add(Types.LIST(Types.BIG_DEC), Arrays.asList(Samples.withNull(Samples.BIG_DECIMALS)));
    golden.add(Types.LIST(NullableTypeInfo.of(Types.LONG)), Arrays.asList(1L, null));
    golden.add(Types.LIST(NullableTypeInfo.of(Types.STRING)), Arrays.asList("a", null));
    golden.add(Types.LIST(Types.LIST(Types.INT)), List.of(List.of(), List.of(1, 2), List.of(3)));
    golden.add(new NullableListTypeInfo<>(Types.STRING), List.of(), Arrays.asList("a", null), null);
    golden.addSpelled("List<Long>", Types.LIST(Types.LONG), List.of(5L));
    golden.add(Types.SET(Types.LONG), Set.of(), set(3L, 1L, 2L), set(1L, null));
    golden.add(Types.SET(Types.STRING), set("b", null, "a"));
    golden.add(new NullableSetTypeInfo<>(Types.INT), set(1), null);

    golden.part("Java's maps");
    golden.add(Types.MAP(Types.STRING, Types.LONG), Map.of(), map("one", 1L, "none", null));
    golden.add(Types.MAP(Types.STRING, Types.STRING), map("b", "1", "a", "2", "", null, null, ""));
    golden.add(Types.MAP(Types.INT, Types.LIST(Types.STRING)), map(1, List.of("a"), -1, null));
    golden.add(
        Types.MAP(Types.TUPLE(Types.INT, Types.STRING), Types.MAP(Types.CHAR, Types.DOUBLE)),
        map(Tuple2.of(1, "a"), map('x', 0.5, 'y', null), Tuple2.of(2, null), Map.of()));
    golden.add(
        Types.MAP(NullableTypeInfo.of(Types.LONG), NullableTypeInfo.of(Types.LONG)),
        map(null, null, 1L, 2L, 2L, null));
    golden.add(
        new NullableMapTypeInfo<>(Types.STRING, Types.DOUBLE), map("a", 1.0, null, null), null);
    golden.addSpelled("Map<String, Integer>", Types.MAP(Types.STRING, Types.INT), map("a", 1));
  }

  @SafeVarargs
  private static <C> void objects(Golden golden, TypeInformation<C[]> type, C... values) {
    golden.add(type, values, Arrays.copyOf(values, 0));
  }
}
