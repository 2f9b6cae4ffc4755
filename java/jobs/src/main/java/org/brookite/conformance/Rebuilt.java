package org.brookite.conformance;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.table.data.ArrayData;
import org.apache.flink.table.data.GenericArrayData;
import org.apache.flink.table.data.GenericMapData;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.MapData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.ArrayType;
import org.apache.flink.table.types.logical.IntType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.MapType;
import org.apache.flink.table.types.logical.MultisetType;
import org.apache.flink.table.types.logical.RowType;

/**
 * Rows, arrays and maps taken apart into objects, so that Flink has to write them again.
 *
 * <p>Flink copies the bytes of a binary row as they are. What it makes of its columns shows whether
 * those were the bytes that Flink would have written.
 */
final class Rebuilt {

  private Rebuilt() {}

  static Object of(LogicalType type, Object value) {
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
