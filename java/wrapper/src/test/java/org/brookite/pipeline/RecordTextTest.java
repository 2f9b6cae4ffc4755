package org.brookite.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDateTime;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.runtime.typeutils.InternalTypeInfo;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.TimestampType;
import org.apache.flink.table.types.logical.VarCharType;
import org.apache.flink.types.RowKind;
import org.junit.jupiter.api.Test;

/** Records are printed as Flink prints them. */
class RecordTextTest {

  private static final InternalTypeInfo<RowData> ROW =
      InternalTypeInfo.of(
          RowType.of(new VarCharType(VarCharType.MAX_LENGTH), new TimestampType(3)));

  private static String text(TypeInformation<?> type, Object value) {
    RecordText text = RecordText.of(type);
    text.open(RecordTextTest.class.getClassLoader());
    return text.of(value);
  }

  private static RowData row() {
    GenericRowData row =
        GenericRowData.of(
            StringData.fromString("word"),
            TimestampData.fromLocalDateTime(LocalDateTime.of(2024, 1, 2, 3, 4)));
    row.setRowKind(RowKind.UPDATE_AFTER);
    return row;
  }

  @Test
  void rowsTellTheirColumnsAndTheirKind() {
    assertThat(text(ROW, row())).isEqualTo("+U[word, 2024-01-02T03:04]");
  }

  @Test
  void tuplesTellTheirFields() {
    assertThat(text(Types.TUPLE(Types.STRING, Types.LONG), Tuple2.of("a", 1L))).isEqualTo("(a,1)");
    assertThat(text(Types.TUPLE(ROW, Types.LONG), Tuple2.of(row(), null)))
        .isEqualTo("(+U[word, 2024-01-02T03:04],null)");
  }

  @Test
  void othersAreAsJavaHasThem() {
    assertThat(text(Types.LONG, 7L)).isEqualTo("7");
    assertThat(text(Types.PRIMITIVE_ARRAY(Types.INT), new int[] {1, 2})).isEqualTo("[1, 2]");
  }
}
