package org.brookite.bench;

import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.brookite.RustLibrary;

/** One function, written in Java and in Rust, and the records to feed it. */
interface Workload<T> {
  /** The plugin that has the function, by the name of its library. */
  default String plugin() {
    return "bench_functions";
  }

  /** How many records a run takes, its warm-up included. */
  long records();

  /** The type of the records. */
  TypeInformation<T> type();

  /** Where keyed state is kept: {@code hashmap} or {@code rocksdb}. */
  default String backend() {
    return "hashmap";
  }

  /**
   * The settings of object reuse to measure with. Where each record meets a store on disk they make
   * no difference.
   */
  default boolean[] objectReuse() {
    return backend().equals("rocksdb") ? new boolean[] {false} : new boolean[] {false, true};
  }

  /** Some records; a run goes round them. Their number is a power of two. */
  T[] samples();

  /** What reaches the function: the records, and the exchange by key in front of a keyed one. */
  default DataStream<T> input(DataStream<T> records) {
    return records;
  }

  /** The function as a Java developer writes it, careful but without tricks. */
  DataStream<?> java(DataStream<T> records);

  /** The same function in Rust. */
  DataStream<?> rust(DataStream<T> records, RustLibrary library);
}
