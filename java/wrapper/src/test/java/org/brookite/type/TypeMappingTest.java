package org.brookite.type;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Stream;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.api.java.typeutils.TupleTypeInfo;
import org.apache.flink.table.runtime.typeutils.InternalTypeInfo;
import org.apache.flink.table.types.logical.BigIntType;
import org.apache.flink.table.types.logical.BooleanType;
import org.apache.flink.table.types.logical.DoubleType;
import org.apache.flink.table.types.logical.IntType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.TimestampType;
import org.apache.flink.table.types.logical.VarBinaryType;
import org.apache.flink.table.types.logical.VarCharType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TypeMappingTest {

  private static final VarCharType STRING = new VarCharType(VarCharType.MAX_LENGTH);

  static Stream<Arguments> types() {
    LogicalType inner =
        new RowType(false, List.of(new RowType.RowField("deep", new IntType(false))));
    RowType row =
        new RowType(
            false,
            List.of(
                new RowType.RowField("flag", new BooleanType()),
                new RowType.RowField("count", new IntType(false)),
                new RowType.RowField("total", new BigIntType()),
                new RowType.RowField("mean", new DoubleType(false)),
                new RowType.RowField("name", STRING),
                new RowType.RowField("raw", new VarBinaryType(false, VarBinaryType.MAX_LENGTH)),
                new RowType.RowField("inner", inner)));
    return Stream.of(
        Arguments.of(Types.BOOLEAN, "BOOLEAN"),
        Arguments.of(Types.INT, "INT"),
        Arguments.of(Types.LONG, "BIGINT"),
        Arguments.of(Types.DOUBLE, "DOUBLE"),
        Arguments.of(Types.STRING, "STRING"),
        Arguments.of(Types.PRIMITIVE_ARRAY(Types.BYTE), "BYTES"),
        Arguments.of(
            Types.TUPLE(Types.STRING, Types.TUPLE(Types.LONG)),
            "TUPLE<STRING, TUPLE<BIGINT NOT NULL> NOT NULL>"),
        Arguments.of(
            InternalTypeInfo.of(row),
            "ROW<flag BOOLEAN, count INT NOT NULL, total BIGINT, mean DOUBLE NOT NULL,"
                + " name STRING, raw BYTES NOT NULL, inner ROW<deep INT NOT NULL> NOT NULL>"));
  }

  @ParameterizedTest
  @MethodSource("types")
  void describesTypesAndFindsThemAgain(TypeInformation<?> type, String described) {
    assertThat(DataTypes.describe(TypeMapping.toDataType(type))).isEqualTo(described);
    assertThat(TypeMapping.toTypeInformation(TypeMapping.toDataType(type))).isEqualTo(type);
  }

  @Test
  void theRootOfARowIsNeverNull() {
    assertThat(TypeMapping.toDataType(InternalTypeInfo.of(RowType.of(STRING))).getNullable())
        .isFalse();
  }

  /** A subclass with a field that Rust could not see. */
  @SuppressWarnings("unchecked") // Flink's own: copy() of Tuple and of Tuple2.
  public static class Named extends Tuple2<String, Long> {
    public String name;
  }

  static Stream<Arguments> strangers() {
    return Stream.of(
        Arguments.of(Types.SHORT, "Flink type Short has no counterpart in Rust"),
        Arguments.of(Types.LIST(Types.INT), "has no counterpart in Rust"),
        Arguments.of(Types.TUPLE(Types.INT, Types.INSTANT), "Flink type Instant"),
        Arguments.of(
            new TupleTypeInfo<>(Named.class, Types.STRING, Types.LONG),
            "is a subclass of a tuple, which has no counterpart in Rust; use Tuple2 itself"),
        Arguments.of(
            InternalTypeInfo.of(RowType.of(new VarCharType(10))), "column 'f0' is VARCHAR(10)"),
        Arguments.of(
            InternalTypeInfo.of(RowType.of(new TimestampType(3))), "column 'f0' is TIMESTAMP(3)"),
        Arguments.of(InternalTypeInfo.of(STRING), "stands alone"));
  }

  @ParameterizedTest
  @MethodSource("strangers")
  void refusesTypesWithoutCounterpart(TypeInformation<?> type, String reason) {
    assertThatThrownBy(() -> TypeMapping.toDataType(type))
        .isInstanceOf(UnsupportedTypeException.class)
        .hasMessageContaining(reason);
  }
}
