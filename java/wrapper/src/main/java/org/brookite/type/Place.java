package org.brookite.type;

import org.brookite.proto.CollectionType;
import org.brookite.proto.DataType;
import org.brookite.proto.MapType;

/** Where a value stands, and how null is told there. */
enum Place {
  /** A column, or inside one: SQL's types only, null is a bit. */
  COLUMN,
  /**
   * On a stream, where what surrounds the value says whether it is null: fields of Java's rows and
   * POJOs, values of Java's maps, elements of sets and of arrays of objects.
   */
  MARKED,
  /**
   * On a stream, where null needs a form of its own or a NullableSerializer: alone, and in tuples,
   * lists, keys of maps, and either side of an Either.
   */
  BARE;

  /** The place of the values inside one of that type; that of a map's keys aside. */
  static Place inside(DataType type) {
    switch (type.getKindCase()) {
      case ROW:
        return COLUMN;
      case JAVA_ROW:
      case POJO:
        return MARKED;
      case MAP:
        return type.getMap().getKind() == MapType.Kind.KIND_MAP ? COLUMN : MARKED;
      case COLLECTION:
        return insideCollection(type.getCollection().getKind());
      default:
        return BARE;
    }
  }

  private static Place insideCollection(CollectionType.Kind kind) {
    switch (kind) {
      case KIND_ARRAY:
      case KIND_MULTISET:
        return COLUMN;
      case KIND_OBJECT_ARRAY:
      case KIND_SET:
        return MARKED;
      default:
        return BARE;
    }
  }

  /** The place of a map's keys. */
  static Place ofKey(MapType.Kind kind) {
    return kind == MapType.Kind.KIND_MAP ? COLUMN : BARE;
  }

  /** Whether a value of Java's may be null here without more words. */
  boolean takesNull(DataType type) {
    return this == MARKED || writesNull(type);
  }

  /** Whether null is told by a NullableSerializer around the type's own. */
  boolean wraps(DataType type) {
    return this == BARE && type.getNullable() && !writesNull(type);
  }

  /** Whether the serializer of this type has a form for null of its own, on a stream. */
  static boolean writesNull(DataType type) {
    switch (type.getKindCase()) {
      case POJO:
        return true;
      case PRIMITIVE:
        switch (type.getPrimitive()) {
          case PRIMITIVE_STRING:
          case PRIMITIVE_VOID:
          case PRIMITIVE_BIG_INTEGER:
          case PRIMITIVE_BIG_DECIMAL:
          case PRIMITIVE_INSTANT:
          case PRIMITIVE_LOCAL_DATE:
          case PRIMITIVE_LOCAL_TIME:
          case PRIMITIVE_LOCAL_DATE_TIME:
          case PRIMITIVE_SQL_DATE:
          case PRIMITIVE_SQL_TIME:
          case PRIMITIVE_SQL_TIMESTAMP:
          case PRIMITIVE_UTIL_DATE:
            return true;
          default:
            return false;
        }
      default:
        return false;
    }
  }
}
