package org.brookite.type;

import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.flink.api.common.typeinfo.BasicArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.java.typeutils.EitherTypeInfo;
import org.apache.flink.api.java.typeutils.EnumTypeInfo;
import org.apache.flink.api.java.typeutils.ListTypeInfo;
import org.apache.flink.api.java.typeutils.MapTypeInfo;
import org.apache.flink.api.java.typeutils.ObjectArrayTypeInfo;
import org.apache.flink.api.java.typeutils.PojoField;
import org.apache.flink.api.java.typeutils.PojoTypeInfo;
import org.apache.flink.api.java.typeutils.RowTypeInfo;
import org.apache.flink.api.java.typeutils.TupleTypeInfo;
import org.brookite.proto.CollectionType;
import org.brookite.proto.DataType;
import org.brookite.proto.EitherType;
import org.brookite.proto.EnumType;
import org.brookite.proto.Field;
import org.brookite.proto.MapType;
import org.brookite.proto.PojoType;
import org.brookite.proto.Primitive;
import org.brookite.proto.RowType;
import org.brookite.proto.TupleType;

/** From descriptions to Flink's types of streams. */
final class ToFlink {

  /** Most fields of a tuple in Flink. */
  private static final int MAX_ARITY = 25;

  private final ClassLoader classes;

  ToFlink(ClassLoader classes) {
    this.classes = classes;
  }

  TypeInformation<?> type(TypePath path, DataType type, Place place) {
    if (!place.wraps(type)) {
      return kind(path, type, place);
    }
    return wrap(path, kind(path, DataTypes.withNullability(type, false), place));
  }

  private static TypeInformation<?> wrap(TypePath path, TypeInformation<?> type) {
    if (type instanceof NullableTypeInfo) {
      throw path.unsupported("Flink puts no NullableSerializer around another");
    }
    return NullableTypeInfo.of(type);
  }

  private TypeInformation<?> kind(TypePath path, DataType type, Place place) {
    switch (type.getKindCase()) {
      case PRIMITIVE:
        return primitive(path, type);
      case TUPLE:
        return tuple(path, type.getTuple());
      case COLLECTION:
        return isSql(type) ? internal(path, type, place) : collection(path, type.getCollection());
      case MAP:
        return isSql(type) ? internal(path, type, place) : map(path, type.getMap());
      case JAVA_ROW:
        return row(path, type.getJavaRow());
      case POJO:
        return pojo(path, type.getPojo());
      case EITHER:
        EitherType either = type.getEither();
        return new EitherTypeInfo<>(
            type(path.left(), either.getLeft(), Place.BARE),
            type(path.right(), either.getRight(), Place.BARE));
      case ENUMERATION:
        return enumeration(path, type.getEnumeration());
      case NULLABLE_VALUE:
        return wrap(path, type(path.inside(), type.getNullableValue(), Place.BARE));
      case ROW:
      case BOUNDED:
      case DECIMAL:
      case TIME:
      case RAW:
        return internal(path, type, place);
      default:
        throw ofLaterVersion(path);
    }
  }

  private static boolean isSql(DataType type) {
    return TypeText.isSql(type);
  }

  private TypeInformation<?> internal(TypePath path, DataType type, Place place) {
    boolean nullable = place == Place.MARKED && type.getNullable();
    return RowTypes.toTypeInformation(path, DataTypes.withNullability(type, nullable), classes);
  }

  private TypeInformation<?> primitive(TypePath path, DataType type) {
    switch (type.getPrimitive()) {
      case PRIMITIVE_BYTES:
        return PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO;
      case PRIMITIVE_STRING_DATA:
        return RowTypes.stringData();
      case PRIMITIVE_DATE:
      case PRIMITIVE_INTERVAL_YEAR_MONTH:
      case PRIMITIVE_INTERVAL_DAY_TIME:
        return RowTypes.toTypeInformation(path, DataTypes.withNullability(type, false), classes);
      default:
        TypeInformation<?> primitive = FromFlink.primitive(type.getPrimitive());
        if (primitive == null) {
          throw ofLaterVersion(path);
        }
        return primitive;
    }
  }

  private TypeInformation<?> tuple(TypePath path, TupleType tuple) {
    int arity = tuple.getFieldsCount();
    if (arity < 1 || arity > MAX_ARITY) {
      throw path.unsupported("Flink's tuples have 1 to %d fields, found %d", MAX_ARITY, arity);
    }
    TypeInformation<?>[] fields = new TypeInformation<?>[arity];
    for (int i = 0; i < arity; i++) {
      fields[i] = type(path.field("f" + i), tuple.getFields(i), Place.BARE);
    }
    return new TupleTypeInfo<>(fields);
  }

  private TypeInformation<?> collection(TypePath path, CollectionType type) {
    switch (type.getKind()) {
      case KIND_STRING_ARRAY:
        return BasicArrayTypeInfo.STRING_ARRAY_TYPE_INFO;
      case KIND_PRIMITIVE_ARRAY:
        return primitiveArray(path, type.getElement().getPrimitive());
      case KIND_OBJECT_ARRAY:
        return objectArray(type(path.element(), type.getElement(), Place.MARKED));
      case KIND_LIST:
        return new ListTypeInfo<>(type(path.element(), type.getElement(), Place.BARE));
      case KIND_SET:
        return NewerTypes.setOf(path, type(path.element(), type.getElement(), Place.MARKED));
      default:
        throw ofLaterVersion(path);
    }
  }

  private static TypeInformation<?> primitiveArray(TypePath path, Primitive element) {
    switch (element) {
      case PRIMITIVE_BOOLEAN:
        return PrimitiveArrayTypeInfo.BOOLEAN_PRIMITIVE_ARRAY_TYPE_INFO;
      case PRIMITIVE_SMALLINT:
        return PrimitiveArrayTypeInfo.SHORT_PRIMITIVE_ARRAY_TYPE_INFO;
      case PRIMITIVE_INT:
        return PrimitiveArrayTypeInfo.INT_PRIMITIVE_ARRAY_TYPE_INFO;
      case PRIMITIVE_BIGINT:
        return PrimitiveArrayTypeInfo.LONG_PRIMITIVE_ARRAY_TYPE_INFO;
      case PRIMITIVE_FLOAT:
        return PrimitiveArrayTypeInfo.FLOAT_PRIMITIVE_ARRAY_TYPE_INFO;
      case PRIMITIVE_DOUBLE:
        return PrimitiveArrayTypeInfo.DOUBLE_PRIMITIVE_ARRAY_TYPE_INFO;
      case PRIMITIVE_CHARACTER:
        return PrimitiveArrayTypeInfo.CHAR_PRIMITIVE_ARRAY_TYPE_INFO;
      default:
        throw ofLaterVersion(path);
    }
  }

  /** An array of boxed numbers has a type of its own in Flink, with the same serializer. */
  private static TypeInformation<?> objectArray(TypeInformation<?> component) {
    return Stream.of(
            BasicArrayTypeInfo.BOOLEAN_ARRAY_TYPE_INFO,
            BasicArrayTypeInfo.BYTE_ARRAY_TYPE_INFO,
            BasicArrayTypeInfo.SHORT_ARRAY_TYPE_INFO,
            BasicArrayTypeInfo.INT_ARRAY_TYPE_INFO,
            BasicArrayTypeInfo.LONG_ARRAY_TYPE_INFO,
            BasicArrayTypeInfo.FLOAT_ARRAY_TYPE_INFO,
            BasicArrayTypeInfo.DOUBLE_ARRAY_TYPE_INFO,
            BasicArrayTypeInfo.CHAR_ARRAY_TYPE_INFO)
        .filter(array -> array.getComponentInfo().equals(component))
        .findFirst()
        .<TypeInformation<?>>map(array -> array)
        .orElseGet(() -> ObjectArrayTypeInfo.getInfoFor(component));
  }

  private TypeInformation<?> map(TypePath path, MapType map) {
    return new MapTypeInfo<>(
        type(path.key(), map.getKey(), Place.BARE),
        type(path.value(), map.getValue(), Place.MARKED));
  }

  private TypeInformation<?> row(TypePath path, RowType row) {
    List<String> names =
        row.getFieldsList().stream().map(Field::getName).collect(Collectors.toList());
    TypeInformation<?>[] types = new TypeInformation<?>[names.size()];
    for (int i = 0; i < types.length; i++) {
      types[i] = type(path.field(names.get(i)), row.getFields(i).getType(), Place.MARKED);
    }
    try {
      return new RowTypeInfo(types, names.toArray(new String[0]));
    } catch (IllegalArgumentException e) {
      throw path.unsupported("Flink has no Row of these fields: %s", e.getMessage());
    }
  }

  private TypeInformation<?> pojo(TypePath path, PojoType pojo) {
    Class<?> type = load(path, "POJO", pojo.getClassName());
    List<PojoField> fields = new ArrayList<>();
    for (Field field : pojo.getFieldsList()) {
      TypePath inside = path.field(field.getName());
      TypeInformation<?> information = type(inside, field.getType(), Place.MARKED);
      fields.add(new PojoField(javaField(inside, type, field.getName()), information));
    }
    return new PojoTypeInfo<>(type, fields);
  }

  /** The field of that name, of the class or the nearest of its superclasses that has it. */
  private static java.lang.reflect.Field javaField(TypePath path, Class<?> type, String name) {
    for (Class<?> owner = type; owner != null; owner = owner.getSuperclass()) {
      for (java.lang.reflect.Field field : owner.getDeclaredFields()) {
        if (field.getName().equals(name) && !Modifier.isStatic(field.getModifiers())) {
          return field;
        }
      }
    }
    throw path.unsupported("class %s has no field '%s'", type.getName(), name);
  }

  // Flink's own cast: the class is known at run time only.
  @SuppressWarnings({"unchecked", "rawtypes"})
  private TypeInformation<?> enumeration(TypePath path, EnumType enumeration) {
    Class<?> type = load(path, "enum", enumeration.getClassName());
    if (!type.isEnum()) {
      throw path.unsupported("class %s is no enum", type.getName());
    }
    List<String> constants =
        Stream.of(type.getEnumConstants())
            .map(constant -> ((Enum<?>) constant).name())
            .collect(Collectors.toList());
    if (!constants.equals(enumeration.getConstantsList())) {
      throw path.unsupported(
          "enum %s has the constants %s in Java and %s in Rust",
          type.getName(), constants, enumeration.getConstantsList());
    }
    return new EnumTypeInfo(type);
  }

  private Class<?> load(TypePath path, String what, String name) {
    if (name.isEmpty()) {
      throw path.unsupported(
          "the Rust function names no Java class for this %s: say the type with as(..)", what);
    }
    try {
      return Class.forName(name, false, classes);
    } catch (ClassNotFoundException | LinkageError e) {
      throw path.unsupported("class %s cannot be loaded: %s", name, e);
    }
  }

  static UnsupportedTypeException ofLaterVersion(TypePath path) {
    return path.unsupported(
        "the library describes a type that this version of brookite-flink does not know");
  }
}
