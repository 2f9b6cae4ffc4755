package org.brookite.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.KeyedStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.data.binary.BinaryRowData;
import org.apache.flink.table.runtime.typeutils.InternalTypeInfo;
import org.apache.flink.table.runtime.typeutils.RowDataSerializer;
import org.apache.flink.table.types.logical.BigIntType;
import org.apache.flink.table.types.logical.BooleanType;
import org.apache.flink.table.types.logical.DateType;
import org.apache.flink.table.types.logical.DecimalType;
import org.apache.flink.table.types.logical.IntType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.TimestampType;
import org.apache.flink.table.types.logical.VarCharType;
import org.brookite.RustJobException;
import org.brookite.proto.DataType;
import org.brookite.type.TestTypes;
import org.brookite.type.TypeMapping;
import org.junit.jupiter.api.Test;

/** Keys that stand in records are the values that a key selector in Java would return. */
class FieldKeysTest {

  private static final RowType NESTED = RowType.of(new IntType(), new BigIntType());
  private static final RowType ROW =
      RowType.of(
          new LogicalType[] {
            new VarCharType(VarCharType.MAX_LENGTH),
            new BigIntType(),
            new IntType(),
            new BooleanType(),
            new DecimalType(10, 2),
            new TimestampType(3),
            new DateType(),
            new VarCharType(9),
            NESTED
          },
          new String[] {"s", "l", "i", "b", "d", "t", "day", "v", "r"});

  private final StreamExecutionEnvironment env =
      StreamExecutionEnvironment.getExecutionEnvironment();
  private final GenericRowData row =
      GenericRowData.of(
          StringData.fromString("word"),
          7L,
          8,
          true,
          DecimalData.fromBigDecimal(new BigDecimal("1.50"), 10, 2),
          TimestampData.fromEpochMillis(9),
          10,
          StringData.fromString("short"),
          GenericRowData.of(1, 2L));

  private DataStream<RowData> rows() {
    return env.fromData(List.<RowData>of(row), InternalTypeInfo.of(ROW));
  }

  private static DataType column(String name) {
    LogicalType type = ROW.getTypeAt(ROW.getFieldIndex(name));
    DataType row = TypeMapping.toDataType(InternalTypeInfo.of(RowType.of(type)));
    return row.getRow().getFields(0).getType();
  }

  @SuppressWarnings("unchecked")
  private static Object key(KeyedStream<?, ?> stream, Object record) throws Exception {
    return ((KeySelector<Object, Object>) stream.getKeySelector()).getKey(record);
  }

  private void assertKey(String name, Object key, TypeInformation<?> type) throws Exception {
    KeyedStream<?, ?> keyed = FieldKeys.keyBy(rows(), name, column(name));
    assertThat(keyed.getKeyType()).isEqualTo(type);
    assertThat(key(keyed, row)).isEqualTo(key);
    assertThat(key(keyed, new RowDataSerializer(ROW).toBinaryRow(row)).hashCode())
        .isEqualTo(key.hashCode());
  }

  @Test
  void columnsAreKeysOfJavasTypes() throws Exception {
    assertKey("s", "word", Types.STRING);
    assertKey("l", 7L, Types.LONG);
    assertKey("i", 8, Types.INT);
    assertKey("b", true, Types.BOOLEAN);
    assertKey("d", row.getField(4), InternalTypeInfo.of(new DecimalType(false, 10, 2)));
    assertKey("t", row.getField(5), InternalTypeInfo.of(new TimestampType(false, 3)));
    assertKey("day", 10, InternalTypeInfo.of(new DateType(false)));
    assertKey("v", row.getField(7), InternalTypeInfo.of(new VarCharType(false, 9)));
  }

  @Test
  void aRowThatIsAKeyHasItsOneForm() throws Exception {
    KeyedStream<?, ?> nested = FieldKeys.keyBy(rows(), "r", column("r"));
    BinaryRowData expected = new RowDataSerializer(NESTED).toBinaryRow(GenericRowData.of(1, 2L));
    assertThat(key(nested, row)).isEqualTo(expected);
    BinaryRowData record = new RowDataSerializer(ROW).toBinaryRow(row);
    Object itself = key(FieldKeys.keyByItself(rows()), record);
    assertThat(itself).isEqualTo(record).isNotSameAs(record);
  }

  @Test
  void fieldsOfTuplesAndWholeRecordsAreKeysAsTheyAre() throws Exception {
    DataStream<Tuple2<String, Long>> pairs =
        env.fromData(Types.TUPLE(Types.STRING, Types.LONG), Tuple2.of("a", 1L));
    KeyedStream<?, ?> keyed = FieldKeys.keyBy(pairs, "f1", TestTypes.BIGINT);
    assertThat(keyed.getKeyType()).isEqualTo(Types.LONG);
    assertThat(key(keyed, Tuple2.of("a", 1L))).isEqualTo(1L);
    assertThat(key(FieldKeys.keyByItself(pairs), Tuple2.of("a", 1L))).isEqualTo(Tuple2.of("a", 1L));
  }

  @Test
  void aKeyThatIsNullIsNamed() {
    KeyedStream<?, ?> keyed = FieldKeys.keyBy(rows(), "s", column("s"));
    assertThatThrownBy(() -> key(keyed, new GenericRowData(9)))
        .isInstanceOf(RustJobException.class)
        .hasMessageContaining("field 's' is null, and the stream is keyed by it");
  }

  @Test
  void fieldsMustBeThereAndBeOfTheirType() {
    assertThatThrownBy(() -> FieldKeys.keyBy(rows(), "x", TestTypes.STRING))
        .isInstanceOf(RustJobException.class)
        .hasMessageContaining("there is no field 'x' to key by")
        .hasMessageEndingWith("s, l, i, b, d, t, day, v, r");
    assertThatThrownBy(() -> FieldKeys.keyBy(rows(), "s", TestTypes.BIGINT))
        .isInstanceOf(RustJobException.class)
        .hasMessageContaining(
            "field 's' to key by is of type STRING, and the key is to be of type BIGINT");
  }
}
