package org.brookite.conformance;

import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
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
import org.apache.flink.table.data.ArrayData;
import org.apache.flink.table.data.GenericArrayData;
import org.apache.flink.table.data.GenericMapData;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.MapData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.runtime.typeutils.InternalTypeInfo;
import org.apache.flink.table.types.logical.ArrayType;
import org.apache.flink.table.types.logical.IntType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.MapType;
import org.apache.flink.table.types.logical.MultisetType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.types.Either;
import org.apache.flink.types.Row;
import org.brookite.type.NullableTypeInfo;

/**
 * Rows, arrays and maps taken apart into objects, so that Flink has to write them again.
 *
 * <p>Flink copies the bytes of a binary row as they are. What it makes of its columns shows whether
 * those were the bytes that Flink would have written.
 */
final class Rebuilt {

  private Rebuilt() {}

  /** Rebuilds the rows, arrays and maps inside a value of Java's; the value itself may change. */
  static Object of(TypeInformation<?> type, Object value) {
    if (value == null) {
      return null;
    } else if (type instanceof NullableTypeInfo) {
      return of(((NullableTypeInfo<?>) type).type(), value);
    } else if (type instanceof InternalTypeInfo) {
      return of(((InternalTypeInfo<?>) type).toLogicalType(), value);
    } else if (type instanceof ListTypeInfo) {
      return each(((ListTypeInfo<?>) type).getElementTypeInfo(), value, new ArrayList<>());
    } else if (type instanceof SetTypeInfo) {
      return each(((SetTypeInfo<?>) type).getElementTypeInfo(), value, new LinkedHashSet<>());
    } else if (type instanceof MapTypeInfo) {
      MapTypeInfo<?, ?> map = (MapTypeInfo<?, ?>) type;
      Map<Object, Object> rebuilt = new LinkedHashMap<>();
      ((Map<?, ?>) value)
          .forEach(
              (key, mapped) ->
                  rebuilt.put(of(map.getKeyTypeInfo(), key), of(map.getValueTypeInfo(), mapped)));
      return rebuilt;
    } else if (type instanceof ObjectArrayTypeInfo) {
      TypeInformation<?> component = ((ObjectArrayTypeInfo<?, ?>) type).getComponentInfo();
      for (int i = 0; i < Array.getLength(value); i++) {
        Array.set(value, i, of(component, Array.get(value, i)));
      }
    } else if (type instanceof TupleTypeInfo) {
      Tuple tuple = (Tuple) value;
      for (int i = 0; i < tuple.getArity(); i++) {
        tuple.setField(of(((TupleTypeInfo<?>) type).getTypeAt(i), tuple.getField(i)), i);
      }
    } else if (type instanceof RowTypeInfo) {
      Row row = (Row) value;
      for (int i = 0; i < row.getArity(); i++) {
        row.setField(i, of(((RowTypeInfo) type).getTypeAt(i), row.getField(i)));
      }
    } else if (type instanceof PojoTypeInfo) {
      pojo((PojoTypeInfo<?>) type, value);
    } else if (type instanceof EitherTypeInfo) {
      EitherTypeInfo<?, ?> sides = (EitherTypeInfo<?, ?>) type;
      Either<?, ?> either = (Either<?, ?>) value;
      return either.isLeft()
          ? Either.Left(of(sides.getLeftType(), either.left()))
          : Either.Right(of(sides.getRightType(), either.right()));
    }
    return value;
  }

  private static Object each(TypeInformation<?> type, Object values, Collection<Object> rebuilt) {
    ((Collection<?>) values).forEach(value -> rebuilt.add(of(type, value)));
    return rebuilt;
  }

  private static void pojo(PojoTypeInfo<?> type, Object pojo) {
    for (int i = 0; i < type.getArity(); i++) {
      Field field = type.getPojoFieldAt(i).getField();
      try {
        field.setAccessible(true);
        field.set(pojo, of(type.getTypeAt(i), field.get(pojo)));
      } catch (IllegalAccessException e) {
        throw new IllegalArgumentException(e);
      }
    }
  }

  private static Object of(LogicalType type, Object value) {
    if (value == null) {
      return null;
    }
    switch (type.getTypeRoot()) {
      case ARRAY:
        return array(((ArrayType) type).getElementType(), (ArrayData) value);
      case MULTISET:
        return map(((MultisetType) type).getElementType(), new IntType(false), (MapData) value);
      case MAP:
        return map(((MapType) type).getKeyType(), ((MapType) type).getValueType(), (MapData) value);
      case ROW:
        return row((RowType) type, (RowData) value);
      default:
        return value;
    }
  }

  private static GenericArrayData array(LogicalType type, ArrayData data) {
    return new GenericArrayData(elements(type, data));
  }

  private static Object[] elements(LogicalType type, ArrayData data) {
    ArrayData.ElementGetter getter = ArrayData.createElementGetter(type);
    Object[] elements = new Object[data.size()];
    for (int i = 0; i < elements.length; i++) {
      elements[i] = of(type, getter.getElementOrNull(data, i));
    }
    return elements;
  }

  private static MapData map(LogicalType keyType, LogicalType valueType, MapData data) {
    Object[] keys = elements(keyType, data.keyArray());
    Object[] values = elements(valueType, data.valueArray());
    Map<Object, Object> map = new LinkedHashMap<>();
    for (int i = 0; i < keys.length; i++) {
      map.put(keys[i], values[i]);
    }
    // A key that stands there twice is one that no Java map can hold.
    return map.size() == keys.length ? new GenericMapData(map) : data;
  }

  private static GenericRowData row(RowType type, RowData row) {
    List<LogicalType> types = type.getChildren();
    GenericRowData rebuilt = new GenericRowData(row.getRowKind(), types.size());
    for (int i = 0; i < types.size(); i++) {
      Object column = RowData.createFieldGetter(types.get(i), i).getFieldOrNull(row);
      rebuilt.setField(i, of(types.get(i), column));
    }
    return rebuilt;
  }
}
