package org.brookite.bench;

import java.util.SplittableRandom;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.brookite.RustLibrary;

/** A function that does nothing: what the way there and back costs. */
final class IdentityLong implements Workload<Long> {
  @Override
  public long records() {
    return 20_000_000;
  }

  @Override
  public TypeInformation<Long> type() {
    return Types.LONG;
  }

  @Override
  public Long[] samples() {
    return new SplittableRandom(1).longs(1 << 16).boxed().toArray(Long[]::new);
  }

  @Override
  public DataStream<?> java(DataStream<Long> records) {
    return records.map(value -> value);
  }

  @Override
  public DataStream<?> rust(DataStream<Long> records, RustLibrary library) {
    return library.on(records).call("identity_long").as(Types.LONG);
  }
}
