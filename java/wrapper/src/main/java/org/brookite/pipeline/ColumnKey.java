package org.brookite.pipeline;

import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.runtime.typeutils.RowDataSerializer;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.VarCharType;
import org.brookite.RustJobException;

/**
 * Reads the key of a row from one of its columns, as the value that the key's type has on a stream.
 */
final class ColumnKey implements KeySelector<RowData, Object> {

  private static final long serialVersionUID = 1L;

  private final String column;

  /** Null when the row itself is the key. */
  private final RowData.FieldGetter getter;

  private final boolean text;

  /** For keys that are rows; null for others. */
  private final RowDataSerializer rows;

  private ColumnKey(
      String column, RowData.FieldGetter getter, boolean text, RowDataSerializer rows) {
    this.column = column;
    this.getter = getter;
    this.text = text;
    this.rows = rows;
  }

  static ColumnKey of(String column, LogicalType type, int position) {
    boolean text =
        type instanceof VarCharType && ((VarCharType) type).getLength() == VarCharType.MAX_LENGTH;
    return new ColumnKey(
        column,
        RowData.createFieldGetter(type, position),
        text,
        type instanceof RowType ? new RowDataSerializer((RowType) type) : null);
  }

  /** The key is the row. */
  static ColumnKey rowItself(RowType type) {
    return new ColumnKey(null, null, false, new RowDataSerializer(type));
  }

  @Override
  public Object getKey(RowData row) {
    Object value = getter == null ? row : getter.getFieldOrNull(row);
    if (value == null) {
      return refuseNull(column);
    }
    if (rows != null) {
      // Flink hashes and compares the bytes: of the one form, and no view of the record.
      return rows.toBinaryRow((RowData) value).copy();
    }
    if (value instanceof StringData) {
      return text ? value.toString() : StringData.fromBytes(((StringData) value).toBytes());
    }
    return value;
  }

  static Object refuseNull(String field) {
    throw new RustJobException(
        String.format(
            "field '%s' is null, and the stream is keyed by it: a key must not be null; filter such"
                + " records out, or key by a function that returns something else for them",
            field));
  }
}
