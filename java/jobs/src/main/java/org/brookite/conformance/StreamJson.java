package org.brookite.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.Collection;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.BasicArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.java.tuple.Tuple;
import org.apache.flink.api.java.typeutils.EitherTypeInfo;
import org.apache.flink.api.java.typeutils.ListTypeInfo;
import org.apache.flink.api.java.typeutils.MapTypeInfo;
import org.apache.flink.api.java.typeutils.ObjectArrayTypeInfo;
import org.apache.flink.api.java.typeutils.PojoTypeInfo;
import org.apache.flink.api.java.typeutils.RowTypeInfo;
import org.apache.flink.api.java.typeutils.SetTypeInfo;
import org.apache.flink.api.java.typeutils.TupleTypeInfo;
import org.apache.flink.table.runtime.typeutils.InternalTypeInfo;
import org.apache.flink.types.Either;
import org.apache.flink.types.Row;
import org.apache.flink.types.RowKind;
import org.apache.flink.util.StringUtils;
import org.brookite.type.NullableTypeInfo;

/** Values on a stream as JSON, read from Java's objects. */
final class StreamJson {

  static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private StreamJson() {}

  static JsonNode of(TypeInformation<?> type, Object value) {
    if (value == null) {
      return NODES.nullNode();
    } else if (type instanceof NullableTypeInfo) {
      return of(((NullableTypeInfo<?>) type).type(), value);
    } else if (type instanceof InternalTypeInfo) {
      return ColumnJson.of(((InternalTypeInfo<?>) type).toLogicalType(), value);
    } else if (type instanceof ListTypeInfo) {
      return elements(((ListTypeInfo<?>) type).getElementTypeInfo(), (Collection<?>) value);
    } else if (type instanceof SetTypeInfo) {
      return elements(((SetTypeInfo<?>) type).getElementTypeInfo(), (Collection<?>) value);
    } else if (type instanceof MapTypeInfo) {
      return pairs((MapTypeInfo<?, ?>) type, (Map<?, ?>) value);
    } else if (type instanceof ObjectArrayTypeInfo) {
      return array(((ObjectArrayTypeInfo<?, ?>) type).getComponentInfo(), value);
    } else if (type instanceof BasicArrayTypeInfo) {
      return array(((BasicArrayTypeInfo<?, ?>) type).getComponentInfo(), value);
    } else if (type instanceof TupleTypeInfo) {
      return tuple((TupleTypeInfo<?>) type, (Tuple) value);
    } else if (type instanceof RowTypeInfo) {
      return row((RowTypeInfo) type, (Row) value);
    } else if (type instanceof PojoTypeInfo) {
      return pojo((PojoTypeInfo<?>) type, value);
    } else if (type instanceof EitherTypeInfo) {
      return either((EitherTypeInfo<?, ?>) type, (Either<?, ?>) value);
    } else if (value.getClass().isArray() && !(value instanceof byte[])) {
      return array(null, value);
    }
    return scalar(value);
  }

  /** A value that says itself what it is. */
  static JsonNode scalar(Object value) {
    if (value instanceof Boolean) {
      return NODES.booleanNode((Boolean) value);
    } else if (value instanceof Byte || value instanceof Short || value instanceof Integer) {
      return NODES.numberNode(((Number) value).intValue());
    } else if (value instanceof Long) {
      return NODES.numberNode((Long) value);
    } else if (value instanceof Float) {
      float number = (Float) value;
      return Float.isFinite(number) ? NODES.numberNode(number) : text(value);
    } else if (value instanceof Double) {
      double number = (Double) value;
      return Double.isFinite(number) ? NODES.numberNode(number) : text(value);
    } else if (value instanceof Character) {
      char unit = (Character) value;
      return Character.isSurrogate(unit) ? NODES.numberNode((int) unit) : text(value);
    } else if (value instanceof byte[]) {
      return hex((byte[]) value);
    } else if (value instanceof java.sql.Timestamp) {
      return text(((java.sql.Timestamp) value).toInstant());
    } else if (value instanceof java.util.Date) {
      // Also SQL's dates and times, which have no toInstant of their own.
      return text(Instant.ofEpochMilli(((java.util.Date) value).getTime()));
    } else if (value instanceof Enum) {
      return text(((Enum<?>) value).name());
    } else if (value instanceof String
        || value instanceof BigDecimal
        || value instanceof BigInteger
        || value instanceof Instant
        || value instanceof LocalDate
        || value instanceof LocalTime
        || value instanceof LocalDateTime) {
      return text(value);
    }
    throw new IllegalArgumentException("no JSON for a value of " + value.getClass());
  }

  static JsonNode text(Object value) {
    return NODES.textNode(value.toString());
  }

  static JsonNode hex(byte[] bytes) {
    return NODES.textNode(StringUtils.byteToHexString(bytes));
  }

  private static JsonNode elements(TypeInformation<?> type, Collection<?> values) {
    ArrayNode array = NODES.arrayNode();
    values.forEach(value -> array.add(of(type, value)));
    return array;
  }

  /** Of an array of a primitive type, the elements say themselves what they are. */
  private static JsonNode array(TypeInformation<?> component, Object values) {
    ArrayNode array = NODES.arrayNode();
    for (int i = 0; i < Array.getLength(values); i++) {
      Object element = Array.get(values, i);
      array.add(component == null ? scalar(element) : of(component, element));
    }
    return array;
  }

  private static JsonNode pairs(MapTypeInfo<?, ?> type, Map<?, ?> map) {
    ArrayNode array = NODES.arrayNode();
    map.forEach(
        (key, value) ->
            array
                .addArray()
                .add(of(type.getKeyTypeInfo(), key))
                .add(of(type.getValueTypeInfo(), value)));
    return array;
  }

  private static JsonNode tuple(TupleTypeInfo<?> type, Tuple tuple) {
    ArrayNode array = NODES.arrayNode();
    for (int i = 0; i < tuple.getArity(); i++) {
      array.add(of(type.getTypeAt(i), tuple.getField(i)));
    }
    return array;
  }

  private static JsonNode row(RowTypeInfo type, Row row) {
    ObjectNode object = withKind(row.getKind());
    String[] names = type.getFieldNames();
    for (int i = 0; i < names.length; i++) {
      object.set(names[i], of(type.getTypeAt(i), row.getField(i)));
    }
    return object;
  }

  /** An object that says what it is in a changelog, unless it is an insertion. */
  static ObjectNode withKind(RowKind kind) {
    ObjectNode object = NODES.objectNode();
    return kind == RowKind.INSERT ? object : object.put("$kind", kind.shortString());
  }

  private static JsonNode pojo(PojoTypeInfo<?> type, Object pojo) {
    ObjectNode object = NODES.objectNode();
    for (int i = 0; i < type.getArity(); i++) {
      Field field = type.getPojoFieldAt(i).getField();
      try {
        field.setAccessible(true);
        object.set(field.getName(), of(type.getTypeAt(i), field.get(pojo)));
      } catch (IllegalAccessException e) {
        throw new IllegalArgumentException(e);
      }
    }
    return object;
  }

  private static JsonNode either(EitherTypeInfo<?, ?> type, Either<?, ?> either) {
    ObjectNode object = NODES.objectNode();
    return either.isLeft()
        ? object.set("left", of(type.getLeftType(), either.left()))
        : object.set("right", of(type.getRightType(), either.right()));
  }
}
