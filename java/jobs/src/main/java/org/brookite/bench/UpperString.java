package org.brookite.bench;

import java.util.Locale;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.brookite.RustLibrary;

/** Upper case of texts of 100 bytes. */
final class UpperString implements Workload<String> {
  @Override
  public long records() {
    return 8_000_000;
  }

  @Override
  public TypeInformation<String> type() {
    return Types.STRING;
  }

  @Override
  public String[] samples() {
    return Text.texts(1 << 12, 100);
  }

  @Override
  public DataStream<?> java(DataStream<String> records) {
    return records.map(text -> text.toUpperCase(Locale.ROOT));
  }

  @Override
  public DataStream<?> rust(DataStream<String> records, RustLibrary library) {
    return library.on(records).call("upper_string").as(Types.STRING);
  }
}
