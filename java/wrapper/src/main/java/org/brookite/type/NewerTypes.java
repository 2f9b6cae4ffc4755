package org.brookite.type;

import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.java.typeutils.NullableListTypeInfo;
import org.apache.flink.api.java.typeutils.NullableMapTypeInfo;
import org.apache.flink.api.java.typeutils.SetTypeInfo;
import org.brookite.proto.CollectionType;
import org.brookite.proto.DataType;
import org.brookite.proto.MapType;

/**
 * Types that Flink has since 2.0. Flink 1.20 has none of their classes, so they are told by name
 * and their classes are used only where one of them was met.
 *
 * <p>From 2.0 on, fields of POJOs that are a List, Map or Set are of the nullable kinds; 1.20
 * leaves them to Kryo, and says so when such a POJO is handed to Rust.
 */
final class NewerTypes {

  private static final String PACKAGE = "org.apache.flink.api.java.typeutils.";
  private static final String NULLABLE_LIST = PACKAGE + "NullableListTypeInfo";
  private static final String NULLABLE_MAP = PACKAGE + "NullableMapTypeInfo";
  private static final String NULLABLE_SET = PACKAGE + "NullableSetTypeInfo";
  private static final String SET = PACKAGE + "SetTypeInfo";

  private NewerTypes() {}

  static boolean isSet(TypeInformation<?> type) {
    return type.getClass().getName().equals(SET);
  }

  /** Whether this is one of the collections that Flink finds in the fields of POJOs. */
  static boolean isNullable(TypeInformation<?> type) {
    String name = type.getClass().getName();
    return name.equals(NULLABLE_LIST) || name.equals(NULLABLE_MAP) || name.equals(NULLABLE_SET);
  }

  static DataType set(TypePath path, TypeInformation<?> type) {
    return Linked.set(path, type);
  }

  /** Describes the collection that the type makes nullable. */
  static DataType nullableCollection(TypePath path, TypeInformation<?> type) {
    switch (type.getClass().getName()) {
      case NULLABLE_LIST:
        return Linked.list(path, type);
      case NULLABLE_MAP:
        return Linked.map(path, type);
      default:
        return Linked.set(path, type);
    }
  }

  /** Returns the type of sets. */
  static TypeInformation<?> setOf(TypePath path, TypeInformation<?> element) {
    try {
      return Linked.setOf(element);
    } catch (NoClassDefFoundError e) {
      throw path.unsupported("this version of Flink has no type for java.util.Set; 2.0 has");
    }
  }

  /**
   * Links against classes that may be absent: nothing in here is touched unless they are needed.
   */
  private static final class Linked {

    static DataType list(TypePath path, TypeInformation<?> type) {
      TypeInformation<?> element = ((NullableListTypeInfo<?>) type).getElementTypeInfo();
      return DataTypes.collection(CollectionType.Kind.KIND_LIST, nullable(path.element(), element));
    }

    static DataType map(TypePath path, TypeInformation<?> type) {
      NullableMapTypeInfo<?, ?> map = (NullableMapTypeInfo<?, ?>) type;
      DataType key = nullable(path.key(), map.getKeyTypeInfo());
      DataType value = FromFlink.type(path.value(), map.getValueTypeInfo(), Place.MARKED);
      return DataTypes.map(MapType.Kind.KIND_JAVA_MAP, key, value);
    }

    /** Of a set, nullable or not: its serializer says of each element whether it is null. */
    static DataType set(TypePath path, TypeInformation<?> type) {
      TypeInformation<?> element = ((SetTypeInfo<?>) type).getElementTypeInfo();
      return DataTypes.collection(
          CollectionType.Kind.KIND_SET, FromFlink.type(path.element(), element, Place.MARKED));
    }

    static TypeInformation<?> setOf(TypeInformation<?> element) {
      return new SetTypeInfo<>(element);
    }

    private static DataType nullable(TypePath path, TypeInformation<?> type) {
      boolean alreadyNullable = type instanceof NullableTypeInfo || isNullable(type);
      DataType described = FromFlink.type(path, type, Place.BARE);
      // NullableSerializer.wrap leaves what is wrapped as it is.
      return alreadyNullable ? described : FromFlink.nullable(described, Place.BARE);
    }
  }
}
