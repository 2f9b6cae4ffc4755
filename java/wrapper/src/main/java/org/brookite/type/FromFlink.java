package org.brookite.type;

import java.util.HashMap;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.BasicArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.BasicTypeInfo;
import org.apache.flink.api.common.typeinfo.LocalTimeTypeInfo;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.SqlTimeTypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.java.tuple.Tuple;
import org.apache.flink.api.java.typeutils.EitherTypeInfo;
import org.apache.flink.api.java.typeutils.EnumTypeInfo;
import org.apache.flink.api.java.typeutils.GenericTypeInfo;
import org.apache.flink.api.java.typeutils.ListTypeInfo;
import org.apache.flink.api.java.typeutils.MapTypeInfo;
import org.apache.flink.api.java.typeutils.ObjectArrayTypeInfo;
import org.apache.flink.api.java.typeutils.PojoField;
import org.apache.flink.api.java.typeutils.PojoTypeInfo;
import org.apache.flink.api.java.typeutils.RowTypeInfo;
import org.apache.flink.api.java.typeutils.TupleTypeInfo;
import org.brookite.proto.CollectionType;
import org.brookite.proto.DataType;
import org.brookite.proto.EnumType;
import org.brookite.proto.MapType;
import org.brookite.proto.PojoType;
import org.brookite.proto.Primitive;
import org.brookite.proto.RowType;
import org.brookite.proto.TupleType;

/**
 * From Flink's types of streams to descriptions.
 *
 * <p>Types that not every Flink has, and those of the table runtime, which not every job has, are
 * told by their class's name and looked at in classes of their own.
 */
final class FromFlink {

  private static final String TABLE_TYPES = "org.apache.flink.table.runtime.typeutils.";

  private static final Map<TypeInformation<?>, Primitive> PRIMITIVES = primitives();

  private FromFlink() {}

  /** Describes a type and whether it may be null, which depends on where it stands. */
  static DataType type(TypePath path, TypeInformation<?> type, Place place) {
    if (type instanceof NullableTypeInfo) {
      return nullable(type(path, ((NullableTypeInfo<?>) type).type(), Place.BARE), place);
    }
    if (type.getClass().getName().startsWith(TABLE_TYPES)) {
      return RowTypes.toDataType(path, type, place);
    }
    if (NewerTypes.isNullable(type)) {
      return nullable(NewerTypes.nullableCollection(path, type), place);
    }
    DataType kind = kind(path, type);
    return DataTypes.withNullability(kind, place.takesNull(kind));
  }

  /**
   * What a NullableSerializer makes of a type: one more form for null when there is one already.
   */
  static DataType nullable(DataType value, Place place) {
    if (!value.getNullable() && !place.takesNull(value)) {
      return DataTypes.withNullability(value, true);
    }
    DataType nullable = DataTypes.nullableValue(value);
    return DataTypes.withNullability(nullable, place.takesNull(nullable));
  }

  private static DataType kind(TypePath path, TypeInformation<?> type) {
    Primitive primitive = PRIMITIVES.get(type);
    if (primitive != null) {
      return DataTypes.of(primitive);
    } else if (type instanceof PrimitiveArrayTypeInfo) {
      return primitiveArray(path, (PrimitiveArrayTypeInfo<?>) type);
    } else if (type.equals(BasicArrayTypeInfo.STRING_ARRAY_TYPE_INFO)) {
      return DataTypes.collection(
          CollectionType.Kind.KIND_STRING_ARRAY, DataTypes.of(Primitive.PRIMITIVE_STRING));
    } else if (type instanceof BasicArrayTypeInfo) {
      return objectArray(path, ((BasicArrayTypeInfo<?, ?>) type).getComponentInfo());
    } else if (type instanceof ObjectArrayTypeInfo) {
      return objectArray(path, ((ObjectArrayTypeInfo<?, ?>) type).getComponentInfo());
    } else if (type instanceof ListTypeInfo) {
      TypeInformation<?> element = ((ListTypeInfo<?>) type).getElementTypeInfo();
      return DataTypes.collection(
          CollectionType.Kind.KIND_LIST, type(path.element(), element, Place.BARE));
    } else if (type instanceof MapTypeInfo) {
      MapTypeInfo<?, ?> map = (MapTypeInfo<?, ?>) type;
      DataType key = type(path.key(), map.getKeyTypeInfo(), Place.BARE);
      DataType value = type(path.value(), map.getValueTypeInfo(), Place.MARKED);
      return DataTypes.map(MapType.Kind.KIND_JAVA_MAP, key, value);
    } else if (type instanceof TupleTypeInfo) {
      return tuple(path, (TupleTypeInfo<?>) type);
    } else if (type instanceof RowTypeInfo) {
      return row(path, (RowTypeInfo) type);
    } else if (type instanceof PojoTypeInfo) {
      return pojo(path, (PojoTypeInfo<?>) type);
    } else if (type instanceof EitherTypeInfo) {
      EitherTypeInfo<?, ?> either = (EitherTypeInfo<?, ?>) type;
      return DataTypes.either(
          type(path.left(), either.getLeftType(), Place.BARE),
          type(path.right(), either.getRightType(), Place.BARE));
    } else if (type instanceof EnumTypeInfo) {
      return enumeration(type.getTypeClass());
    } else if (NewerTypes.isSet(type)) {
      return NewerTypes.set(path, type);
    }
    throw stranger(path, type);
  }

  private static UnsupportedTypeException stranger(TypePath path, TypeInformation<?> type) {
    String name = type.getTypeClass().getName();
    if (type instanceof GenericTypeInfo) {
      return path.unsupported(
          "Flink has no serializer of its own for %s, and what Kryo writes has no counterpart in"
              + " Rust: make it a POJO or an enum, or say its type with returns(..) or as(..), for"
              + " example Types.LIST(..) or Types.MAP(..)",
          name);
    }
    return path.unsupported(
        "Flink type %s (%s) has no counterpart in Rust: use one of Types, such as"
            + " Types.LONG, TUPLE, ROW_NAMED, POJO, LIST or MAP, or InternalTypeInfo of a SQL type",
        type, name);
  }

  private static DataType primitiveArray(TypePath path, PrimitiveArrayTypeInfo<?> type) {
    if (type.equals(PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO)) {
      return DataTypes.of(Primitive.PRIMITIVE_BYTES);
    }
    Primitive element = PRIMITIVES.get(type.getComponentType());
    if (element == null) {
      throw stranger(path, type);
    }
    return DataTypes.collection(CollectionType.Kind.KIND_PRIMITIVE_ARRAY, DataTypes.of(element));
  }

  private static DataType objectArray(TypePath path, TypeInformation<?> component) {
    return DataTypes.collection(
        CollectionType.Kind.KIND_OBJECT_ARRAY, type(path.element(), component, Place.MARKED));
  }

  private static DataType tuple(TypePath path, TupleTypeInfo<?> type) {
    int arity = type.getArity();
    if (arity == 0) {
      throw path.unsupported("a Tuple0 has no counterpart in Rust: it holds nothing");
    }
    if (type.getTypeClass() != Tuple.getTupleClass(arity)) {
      throw path.unsupported(
          "%s is a subclass of a tuple, which has no counterpart in Rust; use Tuple%d itself",
          type.getTypeClass().getName(), arity);
    }
    TupleType.Builder tuple = TupleType.newBuilder();
    for (int i = 0; i < arity; i++) {
      tuple.addFields(type(path.field("f" + i), type.getTypeAt(i), Place.BARE));
    }
    return DataTypes.of(tuple.build());
  }

  private static DataType row(TypePath path, RowTypeInfo type) {
    RowType.Builder row = RowType.newBuilder();
    String[] names = type.getFieldNames();
    for (int i = 0; i < names.length; i++) {
      DataType field = type(path.field(names[i]), type.getTypeAt(i), Place.MARKED);
      row.addFields(DataTypes.field(names[i], field));
    }
    return DataType.newBuilder().setJavaRow(row).build();
  }

  private static DataType pojo(TypePath path, PojoTypeInfo<?> type) {
    PojoType.Builder pojo = PojoType.newBuilder().setClassName(type.getTypeClass().getName());
    for (int i = 0; i < type.getArity(); i++) {
      PojoField field = type.getPojoFieldAt(i);
      String name = field.getField().getName();
      DataType described = type(path.field(name), field.getTypeInformation(), Place.MARKED);
      if (field.getField().getType().isPrimitive()) {
        described = DataTypes.withNullability(described, false);
      }
      pojo.addFields(DataTypes.field(name, described));
    }
    return DataType.newBuilder().setPojo(pojo).build();
  }

  private static DataType enumeration(Class<?> type) {
    EnumType.Builder enumeration = EnumType.newBuilder().setClassName(type.getName());
    for (Object constant : type.getEnumConstants()) {
      enumeration.addConstants(((Enum<?>) constant).name());
    }
    return DataType.newBuilder().setEnumeration(enumeration).build();
  }

  private static Map<TypeInformation<?>, Primitive> primitives() {
    Map<TypeInformation<?>, Primitive> primitives = new HashMap<>();
    primitives.put(BasicTypeInfo.BOOLEAN_TYPE_INFO, Primitive.PRIMITIVE_BOOLEAN);
    primitives.put(BasicTypeInfo.BYTE_TYPE_INFO, Primitive.PRIMITIVE_TINYINT);
    primitives.put(BasicTypeInfo.SHORT_TYPE_INFO, Primitive.PRIMITIVE_SMALLINT);
    primitives.put(BasicTypeInfo.INT_TYPE_INFO, Primitive.PRIMITIVE_INT);
    primitives.put(BasicTypeInfo.LONG_TYPE_INFO, Primitive.PRIMITIVE_BIGINT);
    primitives.put(BasicTypeInfo.FLOAT_TYPE_INFO, Primitive.PRIMITIVE_FLOAT);
    primitives.put(BasicTypeInfo.DOUBLE_TYPE_INFO, Primitive.PRIMITIVE_DOUBLE);
    primitives.put(BasicTypeInfo.STRING_TYPE_INFO, Primitive.PRIMITIVE_STRING);
    primitives.put(BasicTypeInfo.VOID_TYPE_INFO, Primitive.PRIMITIVE_VOID);
    primitives.put(BasicTypeInfo.CHAR_TYPE_INFO, Primitive.PRIMITIVE_CHARACTER);
    primitives.put(BasicTypeInfo.BIG_INT_TYPE_INFO, Primitive.PRIMITIVE_BIG_INTEGER);
    primitives.put(BasicTypeInfo.BIG_DEC_TYPE_INFO, Primitive.PRIMITIVE_BIG_DECIMAL);
    primitives.put(BasicTypeInfo.INSTANT_TYPE_INFO, Primitive.PRIMITIVE_INSTANT);
    primitives.put(BasicTypeInfo.DATE_TYPE_INFO, Primitive.PRIMITIVE_UTIL_DATE);
    primitives.put(LocalTimeTypeInfo.LOCAL_DATE, Primitive.PRIMITIVE_LOCAL_DATE);
    primitives.put(LocalTimeTypeInfo.LOCAL_TIME, Primitive.PRIMITIVE_LOCAL_TIME);
    primitives.put(LocalTimeTypeInfo.LOCAL_DATE_TIME, Primitive.PRIMITIVE_LOCAL_DATE_TIME);
    primitives.put(SqlTimeTypeInfo.DATE, Primitive.PRIMITIVE_SQL_DATE);
    primitives.put(SqlTimeTypeInfo.TIME, Primitive.PRIMITIVE_SQL_TIME);
    primitives.put(SqlTimeTypeInfo.TIMESTAMP, Primitive.PRIMITIVE_SQL_TIMESTAMP);
    return primitives;
  }

  /** Returns the type of a primitive, null when there is none on streams. */
  static TypeInformation<?> primitive(Primitive primitive) {
    return PRIMITIVES.entrySet().stream()
        .filter(entry -> entry.getValue() == primitive)
        .findFirst()
        .map(Map.Entry::getKey)
        .orElse(null);
  }
}
