package org.brookite.bench;

import org.apache.flink.streaming.api.datastream.DataStream;
import org.brookite.RustLibrary;

/** What stands between source and sink. */
enum Variant {
  /**
   * Nothing: what source, sink, chain and, for a keyed function, the exchange cost by themselves.
   */
  SOURCE {
    @Override
    <T> DataStream<?> apply(Workload<T> workload, DataStream<T> records, RustLibrary library) {
      return workload.input(records);
    }
  },
  JAVA {
    @Override
    <T> DataStream<?> apply(Workload<T> workload, DataStream<T> records, RustLibrary library) {
      return workload.java(records);
    }
  },
  RUST {
    @Override
    <T> DataStream<?> apply(Workload<T> workload, DataStream<T> records, RustLibrary library) {
      return workload.rust(records, library);
    }
  };

  abstract <T> DataStream<?> apply(
      Workload<T> workload, DataStream<T> records, RustLibrary library);
}
