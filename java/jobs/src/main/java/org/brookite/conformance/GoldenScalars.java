package org.brookite.conformance;

import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.brookite.type.NullableTypeInfo;

/** Numbers, text and bytes. */
final class GoldenScalars {

  private GoldenScalars() {}

  static void add(Golden golden) {
    golden.part("Numbers, text and bytes");
    golden.add(Types.BOOLEAN, true, false);
    golden.add(Types.BYTE, Samples.BYTES);
    golden.add(Types.SHORT, Samples.SHORTS);
    golden.add(Types.INT, Samples.INTS);
    golden.add(Types.LONG, Samples.LONGS);
    golden.add(Types.FLOAT, Samples.FLOATS);
    golden.add(Types.DOUBLE, Samples.DOUBLES);
    golden.add(Types.CHAR, Samples.CHARACTERS);
    golden.add(Types.STRING, Samples.withNull(Samples.TEXTS));
    // Around the first byte's 127 units, and the second's.
    golden.add(Types.STRING, "x".repeat(126), "x".repeat(127), "川".repeat(128), "é".repeat(300));
    golden.add(
        PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO,
        new byte[0],
        new byte[] {0, -128, 127, -1},
        Samples.count(200));
    golden.add(Types.BIG_INT, Samples.withNull(Samples.BIG_INTEGERS));
    golden.add(Types.BIG_DEC, Samples.withNull(Samples.BIG_DECIMALS));
    golden.add(Types.VOID, (Void) null);
    golden.part("Null where the serializer has no form for it");
    nullable(golden, Types.BOOLEAN, true);
    nullable(golden, Types.BYTE, (byte) -1);
    nullable(golden, Types.SHORT, (short) -1);
    nullable(golden, Types.INT, -1);
    nullable(golden, Types.LONG, Long.MIN_VALUE);
    nullable(golden, Types.FLOAT, Float.NaN);
    nullable(golden, Types.DOUBLE, -0.0);
    nullable(golden, Types.CHAR, 'x');
    nullable(golden, PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO, new byte[] {1});
    // And where it has: there are two forms then, of which Flink writes the outer.
    nullable(golden, Types.STRING, "text");
    nullable(golden, Types.BIG_DEC, Samples.BIG_DECIMALS[3]);
    nullable(golden, Types.VOID, null);
  }

  static <T> void nullable(Golden golden, TypeInformation<T> type, T value) {
    golden.add(NullableTypeInfo.of(type), value);
    if (value != null) {
      golden.add(NullableTypeInfo.of(type), (T) null);
    }
  }
}
