package org.brookite.type;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.BasicArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.BasicTypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.base.ListSerializer;
import org.apache.flink.api.common.typeutils.base.LongSerializer;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.api.java.typeutils.ObjectArrayTypeInfo;
import org.apache.flink.api.java.typeutils.TupleTypeInfo;
import org.apache.flink.api.java.typeutils.runtime.NullableSerializer;
import org.apache.flink.table.runtime.typeutils.ExternalTypeInfo;
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
import org.apache.flink.table.types.logical.VariantType;
import org.apache.flink.table.types.logical.YearMonthIntervalType;
import org.apache.flink.types.IntValue;
import org.brookite.proto.DataType;
import org.brookite.proto.Primitive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TypeMappingTest {

  private static final VarCharType STRING = new VarCharType(VarCharType.MAX_LENGTH);

  /** What a POJO of an ordinary job has. */
  public static class Order {
    public long id;
    public Long total;
    public String customer;
    public Color color;
    public int[] counts;
    public List<Line> lines;
    public Map<String, Double> prices;
  }

  public static class Line {
    public String sku;
  }

  public enum Color {
    RED,
    BLUE {} // A constant with a class of its own.
  }

  private static final String LINE = "'" + Line.class.getName() + "'";
  private static final String COLOR = "Enum<'" + Color.class.getName() + "', RED, BLUE>";

  static Stream<Arguments> streams() {
    return Stream.of(
        Arguments.of(Types.BOOLEAN, "BOOLEAN NOT NULL"),
        Arguments.of(Types.BYTE, "TINYINT NOT NULL"),
        Arguments.of(Types.SHORT, "SMALLINT NOT NULL"),
        Arguments.of(Types.INT, "INT NOT NULL"),
        Arguments.of(Types.LONG, "BIGINT NOT NULL"),
        Arguments.of(Types.FLOAT, "FLOAT NOT NULL"),
        Arguments.of(Types.DOUBLE, "DOUBLE NOT NULL"),
        Arguments.of(Types.STRING, "STRING"),
        Arguments.of(Types.PRIMITIVE_ARRAY(Types.BYTE), "BYTES NOT NULL"),
        Arguments.of(Types.VOID, "Void"),
        Arguments.of(Types.CHAR, "Character"),
        Arguments.of(Types.BIG_INT, "BigInteger"),
        Arguments.of(Types.BIG_DEC, "BigDecimal"),
        Arguments.of(Types.INSTANT, "Instant"),
        Arguments.of(Types.LOCAL_DATE, "LocalDate"),
        Arguments.of(Types.LOCAL_TIME, "LocalTime"),
        Arguments.of(Types.LOCAL_DATE_TIME, "LocalDateTime"),
        Arguments.of(Types.SQL_DATE, "SqlDate"),
        Arguments.of(Types.SQL_TIME, "SqlTime"),
        Arguments.of(Types.SQL_TIMESTAMP, "SqlTimestamp"),
        Arguments.of(BasicTypeInfo.DATE_TYPE_INFO, "UtilDate"),
        Arguments.of(Types.PRIMITIVE_ARRAY(Types.CHAR), "char[]"),
        Arguments.of(Types.PRIMITIVE_ARRAY(Types.SHORT), "short[]"),
        Arguments.of(BasicArrayTypeInfo.STRING_ARRAY_TYPE_INFO, "String[]"),
        Arguments.of(BasicArrayTypeInfo.LONG_ARRAY_TYPE_INFO, "ObjectArray<BIGINT>"),
        // Of the same class as String[], but with another serializer.
        Arguments.of(ObjectArrayTypeInfo.getInfoFor(Types.STRING), "ObjectArray<STRING>"),
        Arguments.of(
            Types.OBJECT_ARRAY(Types.TUPLE(Types.LONG)), "ObjectArray<TUPLE<BIGINT NOT NULL>>"),
        Arguments.of(Types.LIST(Types.SET(Types.LONG)), "List<Set<BIGINT>>"),
        Arguments.of(Types.MAP(Types.LONG, Types.LONG), "Map<BIGINT NOT NULL, BIGINT>"),
        Arguments.of(
            Types.TUPLE(Types.STRING, Types.TUPLE(Types.LONG)),
            "TUPLE<STRING, TUPLE<BIGINT NOT NULL>>"),
        Arguments.of(
            Types.ROW_NAMED(new String[] {"id", "the name"}, Types.LONG, Types.STRING),
            "Row<id BIGINT, `the name` STRING>"),
        Arguments.of(Types.EITHER(Types.LONG, Types.STRING), "Either<BIGINT NOT NULL, STRING>"),
        Arguments.of(Types.ENUM(Color.class), COLOR),
        Arguments.of(Types.POJO(Line.class), "Pojo<" + LINE + ", sku STRING>"),
        Arguments.of(NullableTypeInfo.of(Types.LONG), "BIGINT"),
        Arguments.of(NullableTypeInfo.of(Types.STRING), "Nullable<STRING>"),
        Arguments.of(
            Types.TUPLE(NullableTypeInfo.of(Types.LIST(Types.LONG))),
            "TUPLE<Nullable<List<BIGINT NOT NULL>>>"),
        Arguments.of(
            Types.ROW(NullableTypeInfo.of(Types.LONG)), "Row<f0 Nullable<BIGINT NOT NULL>>"));
  }

  static Stream<Arguments> columns() {
    RawType<Long> raw = new RawType<>(Long.class, LongSerializer.INSTANCE);
    return Stream.of(
        Arguments.of(new BooleanType(), "BOOLEAN"),
        Arguments.of(new TinyIntType(), "TINYINT"),
        Arguments.of(new SmallIntType(), "SMALLINT"),
        Arguments.of(new IntType(false), "INT NOT NULL"),
        Arguments.of(new BigIntType(), "BIGINT"),
        Arguments.of(new FloatType(), "FLOAT"),
        Arguments.of(new DoubleType(), "DOUBLE"),
        Arguments.of(new DecimalType(38, 18), "DECIMAL(38, 18)"),
        Arguments.of(new CharType(1), "CHAR(1)"),
        Arguments.of(new VarCharType(10), "VARCHAR(10)"),
        Arguments.of(STRING, "STRING"),
        Arguments.of(new BinaryType(3), "BINARY(3)"),
        Arguments.of(new VarBinaryType(4), "VARBINARY(4)"),
        Arguments.of(new VarBinaryType(false, VarBinaryType.MAX_LENGTH), "BYTES NOT NULL"),
        Arguments.of(new DateType(), "DATE"),
        Arguments.of(new TimeType(3), "TIME(3)"),
        Arguments.of(new TimestampType(9), "TIMESTAMP(9)"),
        Arguments.of(new LocalZonedTimestampType(0), "TIMESTAMP_LTZ(0)"),
        Arguments.of(
            new YearMonthIntervalType(YearMonthIntervalType.YearMonthResolution.YEAR_TO_MONTH),
            "INTERVAL YEAR TO MONTH"),
        Arguments.of(
            new DayTimeIntervalType(DayTimeIntervalType.DayTimeResolution.DAY_TO_SECOND),
            "INTERVAL DAY TO SECOND"),
        Arguments.of(new ArrayType(new ArrayType(STRING)), "ARRAY<ARRAY<STRING>>"),
        Arguments.of(
            new MapType(STRING.copy(false), new MultisetType(new IntType(false))),
            "MAP<STRING NOT NULL, MULTISET<INT NOT NULL>>"),
        Arguments.of(RowType.of(new IntType(false)), "ROW<f0 INT NOT NULL>"),
        Arguments.of(raw, "RAW('java.lang.Long', '" + raw.getSerializerString() + "')"));
  }

  @ParameterizedTest
  @MethodSource("streams")
  void streamsAreDescribedAndFoundAgain(TypeInformation<?> type, String described) {
    assertThat(DataTypes.describe(TypeMapping.toDataType(type))).isEqualTo(described);
    assertThat(TypeMapping.toTypeInformation(TypeMapping.toDataType(type))).isEqualTo(type);
  }

  @ParameterizedTest
  @MethodSource("columns")
  void columnsAreDescribedAndFoundAgain(LogicalType type, String described) {
    streamsAreDescribedAndFoundAgain(
        InternalTypeInfo.of(rowOf("a", type)), "ROW<a " + described + "> NOT NULL");
  }

  private static RowType rowOf(String name, LogicalType type) {
    return new RowType(false, List.of(new RowType.RowField(name, type)));
  }

  /** Outside of rows, SQL's types have no place for null unless a NullableSerializer makes one. */
  @ParameterizedTest
  @MethodSource("columns")
  void sqlTypesStandOnStreamsToo(LogicalType type, String described) {
    boolean text = type.equals(STRING);
    String kind = text ? "StringData" : described.replaceAll(" NOT NULL$", "");
    TypeInformation<?> stream = InternalTypeInfo.of(type);
    DataType found = TypeMapping.toDataType(stream);
    assertThat(DataTypes.describeKind(found)).isEqualTo(kind);
    assertThat(found.getNullable()).isFalse();
    TypeSerializer<?> serializer =
        TypeMapping.toTypeInformation(found).createSerializer(new SerializerConfigImpl());
    assertThat(serializer).isEqualTo(stream.createSerializer(new SerializerConfigImpl()));
    assertThat(DataTypes.describeKind(TypeMapping.toDataType(Types.LIST(stream))))
        .isEqualTo("List<" + kind + (text ? "" : " NOT NULL") + ">");
  }

  /** Flink makes fields that are collections nullable, and a list's elements as well. */
  @Test
  void pojosAreFoundByReflection() {
    TypeInformation<Order> type = Types.POJO(Order.class);
    DataType order = TypeMapping.toDataType(type);
    assertThat(DataTypes.describe(order))
        .isEqualTo(
            "Pojo<'"
                + Order.class.getName()
                + "', color "
                + COLOR
                + ", counts int[], customer STRING, id BIGINT NOT NULL, lines Nullable<List<Nullable<Pojo<"
                + LINE
                + ", sku STRING>>>>, prices Nullable<Map<Nullable<STRING>, DOUBLE>>, total BIGINT>");
    TypeSerializer<?> serializer =
        TypeMapping.toTypeInformation(order).createSerializer(new SerializerConfigImpl());
    assertThat(serializer).isEqualTo(type.createSerializer(new SerializerConfigImpl()));
  }

  @Test
  void nullableMeansFlinksNullableSerializer() {
    assertThat(
            NullableTypeInfo.of(Types.LIST(Types.LONG))
                .createSerializer(new SerializerConfigImpl()))
        .isEqualTo(NullableSerializer.wrap(new ListSerializer<>(LongSerializer.INSTANCE), false));
    TypeInformation<Long> once = NullableTypeInfo.of(Types.LONG);
    assertThat(NullableTypeInfo.of(once)).isSameAs(once);
  }

  /** A subclass with a field that Rust could not see. */
  @SuppressWarnings("unchecked") // Flink's own: copy() of Tuple and of Tuple2.
  public static class Named extends Tuple2<String, Long> {
    public String name;
  }

  static Stream<Arguments> strangers() {
    TypeInformation<?> items =
        InternalTypeInfo.of(
            rowOf("order", rowOf("items", new ArrayType(rowOf("price", new VariantType())))));
    return Stream.of(
        Arguments.of(
            Types.GENERIC(UUID.class),
            "Flink has no serializer of its own for java.util.UUID, and what Kryo writes has no"
                + " counterpart in Rust: make it a POJO or an enum, or say its type"),
        Arguments.of(
            Types.ROW_NAMED(new String[] {"id"}, Types.LIST(Types.GENERIC(UUID.class))),
            "'id[]': Flink has no serializer of its own for java.util.UUID"),
        Arguments.of(
            Types.MAP(Types.EITHER(Types.VALUE(IntValue.class), Types.INT), Types.INT),
            "'{key}{left}': Flink type ValueType<IntValue> (org.apache.flink.types.IntValue) has no"
                + " counterpart in Rust: use one of Types"),
        Arguments.of(
            Types.TUPLE(Types.INT, new TupleTypeInfo<>(Named.class, Types.STRING, Types.LONG)),
            "'f1': " + Named.class.getName() + " is a subclass of a tuple"),
        Arguments.of(items, "'order.items[].price': VARIANT has no counterpart in Rust"),
        Arguments.of(
            InternalTypeInfo.of(RowType.of(CharType.ofEmptyLiteral())),
            "'f0': the type of the empty literal"),
        Arguments.of(
            ExternalTypeInfo.of(org.apache.flink.table.api.DataTypes.ROW()),
            "toDataStream(table, rowType.bridgedTo(RowData.class))"));
  }

  @ParameterizedTest
  @MethodSource("strangers")
  void refusesTypesWithoutCounterpart(TypeInformation<?> type, String reason) {
    assertThatThrownBy(() -> TypeMapping.toDataType(type))
        .isInstanceOf(UnsupportedTypeException.class)
        .hasMessageContaining(reason);
  }

  private static DataType pojo(String className, String field) {
    DataType.Builder type = DataType.newBuilder();
    type.getPojoBuilder()
        .setClassName(className)
        .addFields(DataTypes.field(field, DataTypes.of(Primitive.PRIMITIVE_INT)));
    return type.build();
  }

  static Stream<Arguments> impossible() {
    DataType.Builder color = DataType.newBuilder();
    color.getEnumerationBuilder().setClassName(Color.class.getName()).addConstants("GREEN");
    DataType list =
        DataTypes.collection(
            org.brookite.proto.CollectionType.Kind.KIND_LIST,
            DataTypes.of(Primitive.PRIMITIVE_INT));
    return Stream.of(
        Arguments.of(
            TestTypes.row(TestTypes.row(list)),
            "'a.a': List<INT NOT NULL> cannot stand in a row: it is no type of SQL"),
        Arguments.of(
            TestTypes.row(DataTypes.decimal(39, 0)), "'a': DECIMAL(39, 0): Decimal precision must"),
        Arguments.of(
            TestTypes.tuple(pojo("com.acme.Lost", "id")),
            "'f0': class com.acme.Lost cannot be loaded"),
        Arguments.of(
            pojo(Line.class.getName(), "lost"),
            "'lost': class " + Line.class.getName() + " has no field 'lost'"),
        Arguments.of(pojo("", "id"), "the Rust function names no Java class for this POJO"),
        Arguments.of(color.build(), "has the constants [RED, BLUE] in Java and [GREEN] in Rust"),
        Arguments.of(
            DataTypes.nullableValue(TestTypes.option(TestTypes.INT)),
            "Flink puts no NullableSerializer around another"),
        Arguments.of(
            TestTypes.row(DataType.getDefaultInstance()), "'a': the library describes a type"));
  }

  @ParameterizedTest
  @MethodSource("impossible")
  void refusesDescriptionsThatFlinkHasNoTypeFor(DataType type, String reason) {
    assertThatThrownBy(() -> TypeMapping.toTypeInformation(type))
        .isInstanceOf(UnsupportedTypeException.class)
        .hasMessageContaining(reason);
  }

  @Test
  void nestingHasAnEnd() {
    TypeInformation<?> deep = Types.LONG;
    for (int i = 0; i < 65; i++) {
      deep = Types.LIST(deep);
    }
    TypeInformation<?> tooDeep = deep;
    assertThatThrownBy(() -> TypeMapping.toDataType(tooDeep))
        .isInstanceOf(UnsupportedTypeException.class)
        .hasMessageContaining("nested more than 64 deep");
  }
}
