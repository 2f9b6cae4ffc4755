package org.brookite.bench;

import java.util.Locale;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.runtime.typeutils.InternalTypeInfo;
import org.apache.flink.table.runtime.typeutils.RowDataSerializer;
import org.apache.flink.table.types.logical.BigIntType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.VarCharType;
import org.brookite.RustLibrary;

/** Upper case of the same texts as columns of rows, in Flink's binary layout. */
final class UpperRow implements Workload<RowData> {
  private static final RowType ROW =
      RowType.of(
          new LogicalType[] {new BigIntType(false), new VarCharType(false, VarCharType.MAX_LENGTH)},
          new String[] {"id", "text"});

  @Override
  public long records() {
    return 5_000_000;
  }

  @Override
  public TypeInformation<RowData> type() {
    return InternalTypeInfo.of(ROW);
  }

  @Override
  public RowData[] samples() {
    RowDataSerializer serializer = new RowDataSerializer(ROW);
    String[] texts = Text.texts(1 << 12, 100);
    RowData[] rows = new RowData[texts.length];
    for (int i = 0; i < rows.length; i++) {
      GenericRowData row = GenericRowData.of((long) i, StringData.fromString(texts[i]));
      rows[i] = serializer.toBinaryRow(row).copy();
    }
    return rows;
  }

  @Override
  public DataStream<?> java(DataStream<RowData> records) {
    return records
        .map(
            row -> {
              String text = row.getString(1).toString();
              StringData upper = StringData.fromString(text.toUpperCase(Locale.ROOT));
              return (RowData) GenericRowData.of(row.getLong(0), upper);
            })
        .returns(type());
  }

  @Override
  public DataStream<?> rust(DataStream<RowData> records, RustLibrary library) {
    return library.on(records).call("upper_row").as(type());
  }
}
