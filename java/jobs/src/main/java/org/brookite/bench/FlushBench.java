package org.brookite.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MetricOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.datastream.KeyedStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.util.Collector;
import org.apache.flink.util.ParameterTool;
import org.brookite.RustLibrary;

/**
 * What a checkpoint waits for: Rust writes back the changed values that it remembers, here those of
 * all keys, where Java has put each into the store as it changed.
 *
 * <p>Prints for each store the nanoseconds for each value that Rust's flushes wrote, and for each
 * put of Java's.
 */
public final class FlushBench {
  private static final TypeInformation<Tuple2<Long, Double>> TYPE =
      Types.TUPLE(Types.LONG, Types.DOUBLE);
  private static final int KEYS = 60_000;
  private static final long RECORDS_IN_RUST = 40_000_000;
  private static final long RECORDS_IN_JAVA = 3_000_000;
  private static final Duration BETWEEN_CHECKPOINTS = Duration.ofMillis(500);

  private FlushBench() {}

  /** Takes {@code --plugins}, a folder. */
  public static void main(String[] args) throws Exception {
    Path plugins = Path.of(ParameterTool.fromArgs(args).getRequired("plugins"));
    RustLibrary library = RustLibrary.at(plugins.resolve(System.mapLibraryName("bench_functions")));
    Configuration configuration = new Configuration();
    configuration.set(MetricOptions.REPORTERS_LIST, "kept");
    configuration.setString("metrics.reporter.kept.factory.class", KeptMetrics.class.getName());
    MiniClusterConfiguration minimal =
        new MiniClusterConfiguration.Builder()
            .withRandomPorts()
            .setConfiguration(configuration)
            .build();
    try (MiniCluster cluster = new MiniCluster(minimal)) {
      cluster.start();
      for (String backend : new String[] {"hashmap", "rocksdb"}) {
        measure(cluster, library, backend);
      }
    }
  }

  private static void measure(MiniCluster cluster, RustLibrary library, String backend)
      throws Exception {
    StreamExecutionEnvironment java = environment(backend);
    keyed(java, RECORDS_IN_JAVA).process(new Puts()).returns(TYPE).sinkTo(new DiscardingSink<>());
    cluster.executeJobBlocking(java.getStreamGraph().getJobGraph());
    double put = (double) Puts.nanos / RECORDS_IN_JAVA;

    StreamExecutionEnvironment rust = environment(backend);
    library
        .on(keyed(rust, RECORDS_IN_RUST))
        .call("running_average")
        .as(TYPE)
        .sinkTo(new DiscardingSink<>());
    KeptMetrics.forget();
    cluster.executeJobBlocking(rust.getStreamGraph().getJobGraph());
    long nanos = ((Counter) KeptMetrics.find("stateCacheFlushTotalNanos")).getCount();
    long values = ((Counter) KeptMetrics.find("stateCacheFlushedEntries")).getCount();
    double flushed = (double) nanos / values;
    System.out.printf(
        Locale.ROOT,
        "{\"backend\":\"%s\",\"keys\":%d,\"flushed_values\":%d,\"flush_of_all_ms\":%.2f,"
            + "\"rust_flushed_value_ns\":%.1f,\"java_put_ns\":%.1f}%n",
        backend,
        KEYS,
        values,
        flushed * KEYS / 1e6,
        flushed,
        put);
  }

  private static StreamExecutionEnvironment environment(String backend) throws Exception {
    Configuration configuration = new Configuration();
    configuration.set(StateBackendOptions.STATE_BACKEND, backend);
    configuration.set(CheckpointingOptions.CHECKPOINT_STORAGE, "filesystem");
    configuration.set(
        CheckpointingOptions.CHECKPOINTS_DIRECTORY,
        Files.createTempDirectory("flush-bench").toUri().toString());
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.createLocalEnvironment(1, configuration);
    env.enableCheckpointing(BETWEEN_CHECKPOINTS.toMillis());
    return env;
  }

  private static KeyedStream<Tuple2<Long, Double>, Long> keyed(
      StreamExecutionEnvironment env, long records) {
    var source = new DataGeneratorSource<>(index -> Tuple2.of(index % KEYS, 1.0), records, TYPE);
    return env.fromSource(source, WatermarkStrategy.noWatermarks(), "records")
        .keyBy(record -> record.f0);
  }

  /** The running average, which times its puts. */
  private static final class Puts
      extends KeyedProcessFunction<Long, Tuple2<Long, Double>, Tuple2<Long, Double>> {
    private static final long serialVersionUID = 1;

    /** Of the run that ended last. */
    private static volatile long nanos;

    private transient ValueState<Tuple2<Long, Double>> seen;
    private transient long spent;

    @Override
    public void open(OpenContext context) {
      seen = getRuntimeContext().getState(new ValueStateDescriptor<>("seen", TYPE));
    }

    @Override
    public void processElement(
        Tuple2<Long, Double> record, Context context, Collector<Tuple2<Long, Double>> out)
        throws Exception {
      Tuple2<Long, Double> soFar = seen.value();
      Tuple2<Long, Double> next =
          soFar == null ? Tuple2.of(1L, record.f1) : Tuple2.of(soFar.f0 + 1, soFar.f1 + record.f1);
      long before = System.nanoTime();
      seen.update(next);
      spent += System.nanoTime() - before;
      out.collect(Tuple2.of(record.f0, next.f1 / next.f0));
    }

    @Override
    public void close() {
      nanos = spent;
    }
  }
}
