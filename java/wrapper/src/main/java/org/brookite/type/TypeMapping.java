package org.brookite.type;

import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.brookite.proto.DataType;

/**
 * Which Flink type stands for which type of Rust functions.
 *
 * <pre>
 * BOOLEAN, TINYINT, SMALLINT, INT, BIGINT     Types.BOOLEAN, BYTE, SHORT, INT, LONG
 * FLOAT, DOUBLE, STRING                       Types.FLOAT, DOUBLE, STRING
 * BYTES                                       Types.PRIMITIVE_ARRAY(Types.BYTE)
 * Character, BigInteger, BigDecimal, Void     Types.CHAR, BIG_INT, BIG_DEC, VOID
 * Instant, LocalDate, LocalTime, ..           Types.INSTANT, LOCAL_DATE, LOCAL_TIME, ..
 * SqlDate, SqlTime, SqlTimestamp              Types.SQL_DATE, SQL_TIME, SQL_TIMESTAMP
 * UtilDate                                    BasicTypeInfo.DATE_TYPE_INFO
 * long[], ..                                  Types.PRIMITIVE_ARRAY(Types.LONG), ..
 * String[]                                    BasicArrayTypeInfo.STRING_ARRAY_TYPE_INFO
 * ObjectArray                                 BasicArrayTypeInfo, Types.OBJECT_ARRAY
 * List, Set, Map                              Types.LIST, SET (since Flink 2.0), MAP
 * TUPLE, Row, Pojo, Either, Enum              Types.TUPLE, ROW_NAMED, POJO, EITHER, ENUM
 * Nullable                                    NullableTypeInfo.of(type)
 * ROW, DECIMAL, TIMESTAMP and all of SQL's    InternalTypeInfo.of(logicalType)
 * StringData                                  InternalTypeInfo.of(STRING)
 * </pre>
 *
 * <p>Null has a place where columns, fields and values say so, in the fields of Java's rows and
 * POJOs, in the values of Java's maps, and wherever the type's own serializer has a form for it.
 * Elsewhere, {@link NullableTypeInfo} makes one.
 */
public final class TypeMapping {

  private TypeMapping() {}

  /**
   * Returns the description of a Flink type.
   *
   * @throws UnsupportedTypeException when Rust functions have no counterpart for it; names the
   *     field, as {@code order.items[].price}
   */
  public static DataType toDataType(TypeInformation<?> type) {
    return FromFlink.type(TypePath.ROOT, type, Place.BARE);
  }

  /**
   * Returns the Flink type that a description stands for. Java classes are loaded by the thread's
   * context class loader.
   *
   * @throws UnsupportedTypeException when Flink has no counterpart for it; names the field
   */
  public static TypeInformation<?> toTypeInformation(DataType type) {
    ClassLoader context = Thread.currentThread().getContextClassLoader();
    return toTypeInformation(type, context != null ? context : TypeMapping.class.getClassLoader());
  }

  /**
   * Returns the Flink type that a description stands for.
   *
   * @param classes where the classes of POJOs, enums and RAW values are looked up
   * @throws UnsupportedTypeException when Flink has no counterpart for it; names the field
   */
  public static TypeInformation<?> toTypeInformation(DataType type, ClassLoader classes) {
    return new ToFlink(classes).type(TypePath.ROOT, type, Place.BARE);
  }
}
