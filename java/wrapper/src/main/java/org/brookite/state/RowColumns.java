package org.brookite.state;

import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.runtime.typeutils.InternalTypeInfo;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;
import org.brookite.RustJobException;

/** Finds the columns of one row type by their names in rows of another. */
final class RowColumns {

  /** Null for a column that rows do not have. */
  private final RowData.FieldGetter[] columns;

  private RowColumns(RowData.FieldGetter[] columns) {
    this.columns = columns;
  }

  /**
   * Finds the columns of the type {@code asked} in rows of the type {@code written}.
   *
   * @throws RustJobException when a column of that name is of another type
   */
  static RowColumns of(String state, TypeInformation<?> written, TypeInformation<?> asked) {
    RowType from = ((InternalTypeInfo<?>) written).toRowType();
    RowType to = ((InternalTypeInfo<?>) asked).toRowType();
    RowData.FieldGetter[] columns = new RowData.FieldGetter[to.getFieldCount()];
    for (int i = 0; i < columns.length; i++) {
      String name = to.getFieldNames().get(i);
      int index = from.getFieldIndex(name);
      if (index < 0) {
        continue;
      }
      LogicalType type = from.getTypeAt(index);
      // Null is told beside a column, so that its bytes are the same whether it may be null.
      if (!type.copy(true).equals(to.getTypeAt(i).copy(true))) {
        throw new RustJobException(
            String.format(
                "column '%s' of state '%s' is of type %s and cannot be read as %s: ask for the type"
                    + " that it has",
                name, state, type, to.getTypeAt(i)));
      }
      columns[i] = RowData.createFieldGetter(type, index);
    }
    return new RowColumns(columns);
  }

  /** Returns the columns of a row. */
  RowData of(Object row) {
    RowData from = (RowData) row;
    GenericRowData to = new GenericRowData(from.getRowKind(), columns.length);
    for (int i = 0; i < columns.length; i++) {
      to.setField(i, columns[i] == null ? null : columns[i].getFieldOrNull(from));
    }
    return to;
  }
}
