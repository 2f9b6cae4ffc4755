package org.brookite.type;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.brookite.type.TestTypes.BIGINT;
import static org.brookite.type.TestTypes.INT;
import static org.brookite.type.TestTypes.STRING;
import static org.brookite.type.TestTypes.option;
import static org.brookite.type.TestTypes.row;
import static org.brookite.type.TestTypes.tuple;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.table.runtime.typeutils.InternalTypeInfo;
import org.apache.flink.table.types.logical.ArrayType;
import org.apache.flink.table.types.logical.BigIntType;
import org.apache.flink.table.types.logical.IntType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.brookite.RustJobException;
import org.brookite.proto.CollectionType;
import org.brookite.proto.DataType;
import org.brookite.proto.Function;
import org.brookite.proto.Manifest;
import org.junit.jupiter.api.Test;

class SignatureTest {

  private static final String LIBRARY = "word_count 0.1.0 (libword_count.so)";

  private static Function function(String name, DataType input, DataType output) {
    return Function.newBuilder().setName(name).setInput(input).setOutput(output).build();
  }

  private static Function keyed(String name, DataType key, DataType input, DataType output) {
    return function(name, input, output).toBuilder().setKey(key).build();
  }

  private static Signature signature(List<Function> functions, String... names) {
    return signature(FunctionUse.STREAM, functions, names);
  }

  private static Signature signature(FunctionUse use, List<Function> functions, String... names) {
    Manifest manifest = Manifest.newBuilder().addAllFunctions(functions).build();
    return Signature.of(LIBRARY, manifest, use, List.of(names));
  }

  private static Signature of(DataType input, DataType output) {
    return signature(List.of(function("tested", input, output)), "tested");
  }

  private static AbstractThrowableAssert<?, ?> assertRefused(ThrowingCallable call) {
    return assertThatThrownBy(call)
        .isInstanceOf(RustJobException.class)
        .hasMessageContaining(LIBRARY);
  }

  private static TypeInformation<?> rowOf(LogicalType... columns) {
    String[] names = {"a", "b", "c"};
    return InternalTypeInfo.of(RowType.of(columns, Arrays.copyOf(names, columns.length)));
  }

  private static RowType rowOf(String name, LogicalType type) {
    return new RowType(false, List.of(new RowType.RowField(name, type)));
  }

  private static DataType javaRow(String name, DataType type) {
    DataType.Builder row = DataType.newBuilder();
    row.getJavaRowBuilder().addFields(DataTypes.field(name, type));
    return row.build();
  }

  private static DataType pojo(String className, String name, DataType type) {
    DataType.Builder pojo = DataType.newBuilder();
    pojo.getPojoBuilder().setClassName(className).addFields(DataTypes.field(name, type));
    return pojo.build();
  }

  @Test
  void listsWhatThereIsWhenAFunctionIsMissing() {
    List<Function> functions =
        List.of(function("count", STRING, BIGINT), function("split", STRING, STRING));
    assertRefused(() -> signature(functions, "splitt"))
        .hasMessage("no Rust function 'splitt' in " + LIBRARY + ": it has count, split");
    assertRefused(() -> signature(List.of(), "split"))
        .hasMessage("no Rust function 'split' in " + LIBRARY + ": it has no functions at all");
  }

  @Test
  void joinsFunctionsThatFit() {
    Signature signature =
        signature(
            List.of(
                keyed("count", STRING, STRING, BIGINT), function("label", BIGINT, tuple(STRING))),
            "count",
            "label");
    assertThat(signature.names()).containsExactly("count", "label");
    assertThat(signature.input()).isEqualTo(STRING);
    assertThat(signature.key()).contains(STRING);
    assertThat(signature.output()).isEqualTo(tuple(STRING));
    assertThat(signature.outputInformation()).isEqualTo(Types.TUPLE(Types.STRING));
  }

  @Test
  void refusesFunctionsThatDoNotFitEachOther() {
    List<Function> functions =
        List.of(
            function("split", STRING, STRING),
            function("square", BIGINT, BIGINT),
            keyed("count", STRING, STRING, BIGINT));
    assertRefused(() -> signature(functions, "split", "square"))
        .hasMessageContaining("'square'")
        .hasMessageContaining("cannot follow 'split': expected input BIGINT, found STRING");
    assertRefused(() -> signature(functions, "split", "count"))
        .hasMessageContaining("'count'")
        .hasMessageContaining("is keyed and cannot follow 'split' in one stage");
  }

  @Test
  void comparesTheInput() {
    Signature signature = of(tuple(STRING, BIGINT), BIGINT);
    signature.checkInput(Types.TUPLE(Types.STRING, Types.LONG));
    assertRefused(() -> signature.checkInput(Types.TUPLE(Types.STRING, Types.INT)))
        .hasMessage(
            "input type of Rust function 'tested' of "
                + LIBRARY
                + " does not match: expected TUPLE<STRING NOT NULL, BIGINT NOT NULL>,"
                + " found TUPLE<STRING, INT NOT NULL>; 'f1' is BIGINT in Rust and INT in Flink");
    assertRefused(() -> signature.checkInput(Types.STRING))
        .hasMessageContaining("found STRING; the whole is TUPLE<");
    assertRefused(() -> signature.checkInput(Types.SHORT))
        .hasMessageContaining("found SMALLINT; the whole is TUPLE<");
    assertRefused(() -> signature.checkInput(Types.GENERIC(Object.class)))
        .hasMessageContaining("found Flink has no serializer of its own for java.lang.Object");
  }

  @Test
  void comparesTheOutput() {
    Signature signature = of(STRING, INT);
    signature.checkOutput(Types.INT);
    assertRefused(() -> signature.checkOutput(Types.LONG))
        .hasMessageContaining("output type of Rust function 'tested'")
        .hasMessageContaining("expected INT, found BIGINT");
  }

  @Test
  void comparesTheKey() {
    Signature plain = of(STRING, STRING);
    Signature keyed = signature(List.of(keyed("count", STRING, STRING, BIGINT)), "count");
    plain.checkKey(Optional.empty());
    keyed.checkKey(Optional.of(Types.STRING));

    assertRefused(() -> plain.checkKey(Optional.of(Types.STRING)))
        .hasMessageContaining("'tested'")
        .hasMessageContaining("is not keyed: expected a stream without key");
    assertRefused(() -> keyed.checkKey(Optional.empty()))
        .hasMessageContaining("is keyed: expected a stream keyed by STRING, found one without key");
    assertRefused(() -> keyed.checkKey(Optional.of(Types.LONG)))
        .hasMessageContaining("key type of Rust function 'count'")
        .hasMessageContaining("expected STRING, found BIGINT");
  }

  @Test
  void nullEntersRustOnlyWhereItIsAllowed() {
    TypeInformation<?> nullable = rowOf(new IntType(true), new BigIntType(false));
    assertRefused(() -> of(row(INT, BIGINT), INT).checkInput(nullable))
        .hasMessageContaining("'a' may be null in Flink but not in Rust")
        .hasMessageContaining("make the Rust field an Option, or declare the column NOT NULL");
    assertThatCode(() -> of(row(option(INT), option(BIGINT)), INT).checkInput(nullable))
        .doesNotThrowAnyException();
  }

  @Test
  void nullLeavesRustOnlyWhereItIsAllowed() {
    TypeInformation<?> declared = rowOf(new IntType(true), new BigIntType(false));
    assertThatCode(() -> of(INT, row(INT, BIGINT)).checkOutput(declared))
        .doesNotThrowAnyException();
    assertRefused(() -> of(INT, row(INT, option(BIGINT))).checkOutput(declared))
        .hasMessageContaining("'b' is an Option in Rust but NOT NULL in Flink")
        .hasMessageContaining("declare the column nullable, or make the Rust field no Option");
  }

  @Test
  void nullabilityOfNestedRowsCounts() {
    TypeInformation<?> nested = rowOf(RowType.of(false, new IntType(true)));
    DataType inner =
        DataType.newBuilder()
            .setRow(
                org.brookite.proto.RowType.newBuilder()
                    .addFields(org.brookite.proto.Field.newBuilder().setName("f0").setType(INT)))
            .build();
    assertRefused(() -> of(row(inner), INT).checkInput(nested))
        .hasMessageContaining("'a.f0' may be null in Flink but not in Rust");
  }

  @Test
  void columnsGoByNameAndPlace() {
    TypeInformation<?> renamed =
        InternalTypeInfo.of(
            RowType.of(new LogicalType[] {new IntType(false)}, new String[] {"other"}));
    assertRefused(() -> of(row(INT), INT).checkInput(renamed))
        .hasMessageContaining("column 1 is 'a' in Rust and 'other' in Flink");
    assertRefused(() -> of(row(INT, INT), INT).checkInput(rowOf(new IntType(false))))
        .hasMessageContaining("the whole is ROW<a INT NOT NULL, b INT NOT NULL> in Rust");
  }

  @Test
  void ofTheFieldsOfATupleSomeMayBeNull() {
    TypeInformation<?> tuple = Types.TUPLE(Types.STRING, Types.LONG);
    of(tuple(option(STRING), BIGINT), INT).checkInput(tuple);
    of(INT, tuple(option(STRING), BIGINT)).checkOutput(tuple);
    of(INT, tuple(STRING, BIGINT)).checkOutput(tuple);
    assertRefused(() -> of(tuple(STRING, option(BIGINT)), INT).checkInput(tuple))
        .hasMessageContaining("'f1' is an Option in Rust")
        .hasMessageContaining("wrap it in NullableTypeInfo.of(..)");

    TypeInformation<?> nullable = Types.TUPLE(Types.STRING, NullableTypeInfo.of(Types.LONG));
    of(tuple(STRING, option(BIGINT)), INT).checkInput(nullable);
    of(INT, tuple(STRING, option(BIGINT))).checkOutput(nullable);
    assertRefused(() -> of(tuple(STRING, BIGINT), INT).checkInput(nullable))
        .hasMessageContaining("'f1' is behind a NullableSerializer in Flink")
        .hasMessageContaining("make it an Option in Rust");
  }

  /** Java's types do not say whether a field may be null, primitive types aside. */
  @Test
  void fieldsOfJavasClassesMayBeOptionsOrNot() {
    TypeInformation<?> boxed = Types.ROW(Types.LONG);
    DataType required = javaRow("f0", BIGINT);
    DataType optional = javaRow("f0", option(BIGINT));
    of(required, INT).checkInput(boxed);
    of(optional, INT).checkInput(boxed);
    of(INT, required).checkOutput(boxed);
    of(INT, optional).checkOutput(boxed);

    TypeInformation<?> primitive = Types.POJO(Primitive.class);
    of(pojo("", "id", option(BIGINT)), INT).checkInput(primitive);
    of(INT, pojo("", "id", BIGINT)).checkOutput(primitive);
    assertRefused(() -> of(INT, pojo("", "id", option(BIGINT))).checkOutput(primitive))
        .hasMessageContaining("'id' is an Option in Rust but cannot be null in Java");
    assertRefused(() -> of(INT, pojo("com.acme.Other", "id", BIGINT)).checkOutput(primitive))
        .hasMessageContaining("the whole is Pojo<'com.acme.Other', id BIGINT NOT NULL> in Rust");
    assertRefused(() -> of(javaRow("other", BIGINT), INT).checkInput(boxed))
        .hasMessageContaining("field 1 is 'other' in Rust and 'f0' in Flink");
  }

  /** Flink's serializer reads fewer bytes of a null Timestamp than it writes. */
  @Test
  void aNullTimestampDoesNotLeaveRust() {
    DataType timestamp = option(DataTypes.of(org.brookite.proto.Primitive.PRIMITIVE_SQL_TIMESTAMP));
    TypeInformation<?> tuple = Types.TUPLE(Types.SQL_TIMESTAMP);
    of(tuple(timestamp), INT).checkInput(tuple);
    assertRefused(() -> of(INT, tuple(timestamp)).checkOutput(tuple))
        .hasMessageContaining("'f0' may be null in Rust, and Flink misreads");
    of(INT, javaRow("f0", timestamp)).checkOutput(Types.ROW(Types.SQL_TIMESTAMP));
  }

  /** A POJO with a field that is never null. */
  public static class Primitive {
    public long id;
  }

  @Test
  void differencesNameTheirPath() {
    TypeInformation<?> items =
        rowOf(
            RowType.of(
                false,
                new LogicalType[] {new ArrayType(false, rowOf("price", new BigIntType(false)))},
                new String[] {"items"}));
    DataType item = DataTypes.collection(CollectionType.Kind.KIND_ARRAY, row(INT));
    DataType order =
        DataTypes.of(
            org.brookite.proto.RowType.newBuilder()
                .addFields(DataTypes.field("items", item))
                .build());
    assertRefused(() -> of(row(order), INT).checkInput(items))
        .hasMessageContaining("column 1 of 'a.items[]' is 'a' in Rust and 'price' in Flink");
  }

  @Test
  void aRecordIsNeverNull() {
    assertRefused(() -> of(option(STRING), INT).checkInput(Types.STRING))
        .hasMessageContaining("a record of its own is never null");
    assertRefused(() -> of(INT, option(STRING)).outputInformation())
        .hasMessageContaining("a record that may be null");
  }

  @Test
  void refusesTypesOfALaterVersion() {
    assertRefused(() -> of(INT, DataType.getDefaultInstance()).outputInformation())
        .hasMessageContaining("does not know");
  }
}
