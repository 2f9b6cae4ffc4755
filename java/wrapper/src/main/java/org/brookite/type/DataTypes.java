package org.brookite.type;

import org.brookite.proto.BoundedType;
import org.brookite.proto.CollectionType;
import org.brookite.proto.DataType;
import org.brookite.proto.DecimalType;
import org.brookite.proto.EitherType;
import org.brookite.proto.Field;
import org.brookite.proto.MapType;
import org.brookite.proto.Primitive;
import org.brookite.proto.RowType;
import org.brookite.proto.TimeType;
import org.brookite.proto.TupleType;

/** Makes and describes {@link DataType}s. */
public final class DataTypes {

  private DataTypes() {}

  static DataType of(Primitive primitive) {
    return DataType.newBuilder().setPrimitive(primitive).build();
  }

  static DataType of(TupleType tuple) {
    return DataType.newBuilder().setTuple(tuple).build();
  }

  static DataType of(RowType row) {
    return DataType.newBuilder().setRow(row).build();
  }

  static DataType bounded(BoundedType.Kind kind, int length) {
    BoundedType type = BoundedType.newBuilder().setKind(kind).setLength(length).build();
    return DataType.newBuilder().setBounded(type).build();
  }

  static DataType decimal(int precision, int scale) {
    DecimalType type = DecimalType.newBuilder().setPrecision(precision).setScale(scale).build();
    return DataType.newBuilder().setDecimal(type).build();
  }

  static DataType time(TimeType.Kind kind, int precision) {
    TimeType type = TimeType.newBuilder().setKind(kind).setPrecision(precision).build();
    return DataType.newBuilder().setTime(type).build();
  }

  static DataType collection(CollectionType.Kind kind, DataType element) {
    CollectionType type = CollectionType.newBuilder().setKind(kind).setElement(element).build();
    return DataType.newBuilder().setCollection(type).build();
  }

  static DataType map(MapType.Kind kind, DataType key, DataType value) {
    MapType type = MapType.newBuilder().setKind(kind).setKey(key).setValue(value).build();
    return DataType.newBuilder().setMap(type).build();
  }

  static DataType either(DataType left, DataType right) {
    EitherType type = EitherType.newBuilder().setLeft(left).setRight(right).build();
    return DataType.newBuilder().setEither(type).build();
  }

  static DataType nullableValue(DataType value) {
    return DataType.newBuilder().setNullableValue(value).build();
  }

  static Field field(String name, DataType type) {
    return Field.newBuilder().setName(name).setType(type).build();
  }

  static DataType withNullability(DataType type, boolean nullable) {
    return type.toBuilder().setNullable(nullable).build();
  }

  static boolean is(DataType type, Primitive primitive) {
    return type.hasPrimitive() && type.getPrimitive() == primitive;
  }

  /**
   * Describes a type as Flink SQL and Java write it, for example {@code ROW<word STRING NOT NULL, n
   * BIGINT>} or {@code Map<STRING, long[]>}. The Rust side reads this text.
   */
  public static String describe(DataType type) {
    return TypeText.of(type);
  }

  /** Describes a type as {@link #describe} does, with no word on whether the whole may be null. */
  public static String describeKind(DataType type) {
    return TypeText.ofKind(type);
  }
}
