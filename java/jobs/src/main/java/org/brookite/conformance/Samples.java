package org.brookite.conformance;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** Values at the edges, of types that stand in more than one place. */
final class Samples {

  private Samples() {}

  /**
   * One, two, three and four bytes of UTF-8 in a character, and around the seven of a row's slot.
   */
  static final String[] TEXTS = {
    "",
    "a",
    "\0",
    "tab\tand \"quote\"\n",
    "seven b",
    "eight by",
    "été",
    "шесть",
    "小川",
    "小川a",
    "小川ab",
    "\uD83E\uDD80",
    "\uD83E\uDD80abc",
    "\uD83E\uDD80abcd",
    "\uD800\uDC00\uDBFF\uDFFF",
    "\u007F\u0080\u07FF\u0800\uD7FF\uE000\uFFFF",
    "e\u0301 is not \u00E9",
    "a text of more than sixteen bytes, ручей, 小川, \uD83E\uDD80",
  };

  static final Byte[] BYTES = {0, 1, -1, 42, Byte.MIN_VALUE, Byte.MAX_VALUE};

  static final Short[] SHORTS = {0, 1, -1, 258, Short.MIN_VALUE, Short.MAX_VALUE};

  static final Integer[] INTS = {0, 1, -1, 0x01020304, Integer.MIN_VALUE, Integer.MAX_VALUE};

  static final Long[] LONGS = {0L, 1L, -1L, 0x0102030405060708L, Long.MIN_VALUE, Long.MAX_VALUE};

  static final Float[] FLOATS = {
    0f,
    -0f,
    1.5f,
    -0.1f,
    Float.MIN_VALUE,
    Float.MIN_NORMAL,
    Float.MAX_VALUE,
    -Float.MAX_VALUE,
    Float.NaN,
    Float.POSITIVE_INFINITY,
    Float.NEGATIVE_INFINITY,
  };

  static final Double[] DOUBLES = {
    0.0,
    -0.0,
    1.5,
    -0.1,
    Math.PI,
    Double.MIN_VALUE,
    Double.MIN_NORMAL,
    Double.MAX_VALUE,
    -Double.MAX_VALUE,
    Double.NaN,
    Double.POSITIVE_INFINITY,
    Double.NEGATIVE_INFINITY,
  };

  static final BigInteger[] BIG_INTEGERS = {
    BigInteger.ZERO,
    BigInteger.ONE,
    BigInteger.TWO,
    BigInteger.TEN,
    BigInteger.ONE.negate(),
    BigInteger.TEN.negate(),
    BigInteger.valueOf(127),
    BigInteger.valueOf(128),
    BigInteger.valueOf(-128),
    BigInteger.valueOf(-129),
    BigInteger.valueOf(Long.MAX_VALUE),
    BigInteger.valueOf(Long.MIN_VALUE),
    BigInteger.ONE.shiftLeft(127),
    BigInteger.TEN.pow(100).negate(),
  };

  static final BigDecimal[] BIG_DECIMALS = {
    BigDecimal.ZERO,
    BigDecimal.ONE,
    BigDecimal.TEN,
    new BigDecimal("0.00"),
    new BigDecimal("0E+3"),
    new BigDecimal("1.00"),
    new BigDecimal("-1"),
    new BigDecimal("1E+3"),
    new BigDecimal("1000"),
    new BigDecimal("-0.000001"),
    new BigDecimal("1E-7"),
    new BigDecimal("123456789012345678901234567890.123456789"),
    new BigDecimal(BigInteger.ONE, Integer.MAX_VALUE),
    new BigDecimal(BigInteger.TEN.negate(), -1_000_000),
  };

  static final Character[] CHARACTERS = {
    'a', '\0', '"', 'é', '川', '\uD83E', '\uDD80', '\uD800', '\uDFFF', '\uFFFF'
  };

  /** The bytes 0, 1, 2 and so on. */
  static byte[] count(int length) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) i;
    }
    return bytes;
  }

  /** The same with null at the end. */
  static <T> T[] withNull(T[] values) {
    return Arrays.copyOf(values, values.length + 1);
  }

  @SafeVarargs
  static <T> Set<T> set(T... values) {
    return new LinkedHashSet<>(Arrays.asList(values));
  }

  /** A map that keeps its order, of keys and values in turns. */
  @SuppressWarnings("unchecked")
  static <K, V> Map<K, V> map(Object... keysAndValues) {
    Map<K, V> map = new LinkedHashMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      map.put((K) keysAndValues[i], (V) keysAndValues[i + 1]);
    }
    return map;
  }
}
