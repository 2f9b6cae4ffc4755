package org.brookite.bench;

import java.util.SplittableRandom;
import java.util.function.ToLongFunction;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.KeyedStream;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.brookite.RustLibrary;

/** The running average of each key, in keyed state: of few keys or many, on the heap or on disk. */
final class RunningAverage implements Workload<Tuple2<Long, Double>> {
  private static final TypeInformation<Tuple2<Long, Double>> TYPE =
      Types.TUPLE(Types.LONG, Types.DOUBLE);
  private static final int FEW_KEYS = 10_000;
  private static final int MANY_KEYS = 5_000_000;
  private static final int FEW_SAMPLES = 1 << 16;
  private static final int MANY_SAMPLES = 1 << 22;
  private static final int USUAL_CACHE = 65_536;
  private static final int LARGE_CACHE = 1_000_000;
  private static final long CACHE_BYTES = 256 << 20;

  private final String backend;
  private final long records;
  private final int samples;
  private final ToLongFunction<SplittableRandom> keys;
  private final int cacheEntries;

  private RunningAverage(
      String backend,
      long records,
      int samples,
      ToLongFunction<SplittableRandom> keys,
      int cacheEntries) {
    this.cacheEntries = cacheEntries;
    this.backend = backend;
    this.records = records;
    this.samples = samples;
    this.keys = keys;
  }

  /** 10,000 keys on the heap. */
  RunningAverage() {
    this("hashmap", 32_000_000, FEW_SAMPLES, random -> random.nextInt(FEW_KEYS), USUAL_CACHE);
  }

  /** 10,000 keys in RocksDB. */
  static RunningAverage onRocksDb() {
    return new RunningAverage(
        "rocksdb", 32_000_000, FEW_SAMPLES, random -> random.nextInt(FEW_KEYS), USUAL_CACHE);
  }

  /**
   * 5 million keys in RocksDB, the n-th most frequent 1/n as frequent as the first; Rust remembers
   * up to a million of them.
   */
  static RunningAverage skewed() {
    Zipf zipf = new Zipf(MANY_KEYS);
    return new RunningAverage("rocksdb", 4_000_000, MANY_SAMPLES, zipf::next, LARGE_CACHE);
  }

  /** 5 million keys in RocksDB, all as frequent: no cache helps. */
  static RunningAverage uniform() {
    return new RunningAverage(
        "rocksdb", 4_000_000, MANY_SAMPLES, random -> random.nextInt(MANY_KEYS), USUAL_CACHE);
  }

  @Override
  public String backend() {
    return backend;
  }

  /** With few keys Rust's records seldom meet the store, and copies of them are seen beside it. */
  @Override
  public boolean[] objectReuse() {
    return samples == FEW_SAMPLES ? new boolean[] {false, true} : Workload.super.objectReuse();
  }

  @Override
  public long records() {
    return records;
  }

  @Override
  public TypeInformation<Tuple2<Long, Double>> type() {
    return TYPE;
  }

  @Override
  @SuppressWarnings({"unchecked", "rawtypes"}) // There are no arrays of a parameterised type.
  public Tuple2<Long, Double>[] samples() {
    SplittableRandom random = new SplittableRandom(3);
    Tuple2<Long, Double>[] samples = new Tuple2[this.samples];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = Tuple2.of(keys.applyAsLong(random), random.nextDouble());
    }
    return samples;
  }

  @Override
  public DataStream<Tuple2<Long, Double>> input(DataStream<Tuple2<Long, Double>> records) {
    return keyed(records);
  }

  @Override
  public DataStream<?> java(DataStream<Tuple2<Long, Double>> records) {
    return keyed(records).process(new Average()).returns(TYPE);
  }

  @Override
  public DataStream<?> rust(DataStream<Tuple2<Long, Double>> records, RustLibrary library) {
    return library
        .on(keyed(records))
        .call("running_average")
        .stateCache(cacheEntries, CACHE_BYTES)
        .as(TYPE);
  }

  private static KeyedStream<Tuple2<Long, Double>, Long> keyed(
      DataStream<Tuple2<Long, Double>> records) {
    return records.keyBy(record -> record.f0);
  }

  private static final class Average
      extends KeyedProcessFunction<Long, Tuple2<Long, Double>, Tuple2<Long, Double>> {
    private static final long serialVersionUID = 1;

    /** How many values there were, and their sum. */
    private transient ValueState<Tuple2<Long, Double>> seen;

    @Override
    public void open(OpenContext context) {
      seen = getRuntimeContext().getState(new ValueStateDescriptor<>("seen", TYPE));
    }

    @Override
    public void processElement(
        Tuple2<Long, Double> record, Context context, Collector<Tuple2<Long, Double>> out)
        throws Exception {
      Tuple2<Long, Double> soFar = seen.value();
      if (soFar == null) {
        soFar = Tuple2.of(0L, 0.0);
      }
      soFar.f0 += 1;
      soFar.f1 += record.f1;
      seen.update(soFar);
      out.collect(Tuple2.of(record.f0, soFar.f1 / soFar.f0));
    }
  }
}
