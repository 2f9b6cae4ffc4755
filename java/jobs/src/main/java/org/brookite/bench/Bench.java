package org.brookite.bench;

import static java.util.Map.entry;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.ParameterTool;
import org.brookite.RustLibrary;

/**
 * Measures one workload: source, Java and Rust in turns, with object reuse off and on.
 *
 * <p>Each turn is a job of its own on one embedded cluster with parallelism 1. The first round only
 * warms up; the others are printed, a JSON object in a line each. Within a job the first fifth of
 * the records is a warm-up too and not timed.
 */
public final class Bench {
  static final Map<String, Supplier<Workload<?>>> WORKLOADS =
      Map.ofEntries(
          entry("identity-long", IdentityLong::new),
          entry("upper-string", UpperString::new),
          entry("upper-row", UpperRow::new),
          entry("json", Json::new),
          entry("running-average", RunningAverage::new),
          entry("running-average-row", RunningAverageRow::new),
          entry("running-average-rocksdb", RunningAverage::onRocksDb),
          entry("running-average-zipf", RunningAverage::skewed),
          entry("running-average-uniform", RunningAverage::uniform),
          entry("tumbling-count", WindowCount::tumbling),
          entry("tumbling-count-rocksdb", WindowCount::tumblingOnRocksDb),
          entry("session-count", WindowCount::session),
          entry("session-count-rocksdb", WindowCount::sessionOnRocksDb),
          entry("word-count", WordCount::new));

  private static final int REPETITIONS = 3;
  private static final long WARM_UP_SHARE = 5;
  private static final long QUICK_SHARE = 10;
  private static final long TRAINING_SHARE = 20;

  private final MiniCluster cluster;
  private final Path plugins;
  private final String name;
  private final boolean quick;

  private Bench(MiniCluster cluster, Path plugins, String name, boolean quick) {
    this.cluster = cluster;
    this.plugins = plugins;
    this.name = name;
    this.quick = quick;
  }

  /**
   * Takes {@code --plugins} (a folder), {@code --workload} (a name), and {@code --quick true} or
   * {@code --train true}, which only runs the Rust functions and measures nothing.
   */
  public static void main(String[] args) throws Exception {
    ParameterTool options = ParameterTool.fromArgs(args);
    String name = options.getRequired("workload");
    Supplier<Workload<?>> workload = WORKLOADS.get(name);
    if (workload == null) {
      throw new IllegalArgumentException(
          "no workload '" + name + "', there are " + WORKLOADS.keySet());
    }
    Path plugins = Path.of(options.getRequired("plugins"));
    MiniClusterConfiguration configuration =
        new MiniClusterConfiguration.Builder().withRandomPorts().build();
    MiniCluster cluster = new MiniCluster(configuration);
    try {
      cluster.start();
      Bench bench = new Bench(cluster, plugins, name, options.getBoolean("quick", false));
      if (options.getBoolean("train", false)) {
        bench.train(workload.get());
      } else {
        bench.measure(workload.get());
      }
    } finally {
      cluster.close();
    }
  }

  private <T> void train(Workload<T> workload) throws Exception {
    RustLibrary library = library(workload);
    long records = workload.records() / TRAINING_SHARE;
    run(workload, library, workload.samples(), records, Variant.RUST, false);
  }

  private RustLibrary library(Workload<?> workload) {
    return RustLibrary.at(plugins.resolve(System.mapLibraryName(workload.plugin())));
  }

  private <T> void measure(Workload<T> workload) throws Exception {
    T[] samples = workload.samples();
    RustLibrary library = library(workload);
    long records = quick ? workload.records() / QUICK_SHARE : workload.records();
    int repetitions = quick ? 1 : REPETITIONS;
    for (boolean objectReuse : workload.objectReuse()) {
      for (int round = 0; round <= repetitions; round++) {
        for (Variant variant : Variant.values()) {
          double seconds = run(workload, library, samples, records, variant, objectReuse);
          String reuse = objectReuse ? "on" : "off";
          if (round == 0) {
            System.out.printf("warm-up of %s, object reuse %s%n", variant, reuse);
          } else {
            print(variant, objectReuse, records - records / WARM_UP_SHARE, seconds);
          }
        }
      }
    }
  }

  private <T> double run(
      Workload<T> workload,
      RustLibrary library,
      T[] samples,
      long records,
      Variant variant,
      boolean objectReuse)
      throws Exception {
    Configuration configuration = new Configuration();
    configuration.set(StateBackendOptions.STATE_BACKEND, workload.backend());
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.createLocalEnvironment(1, configuration);
    if (objectReuse) {
      env.getConfig().enableObjectReuse();
    }
    var source =
        new DataGeneratorSource<>(
            new Samples<>(samples, records / WARM_UP_SHARE), records, workload.type());
    DataStream<T> stream = env.fromSource(source, WatermarkStrategy.noWatermarks(), "samples");
    variant.apply(workload, stream, library).sinkTo(new LastRecordSink<>());

    System.gc();
    Stopwatch.reset();
    cluster.executeJobBlocking(env.getStreamGraph().getJobGraph());
    return Stopwatch.seconds();
  }

  private void print(Variant variant, boolean objectReuse, long records, double seconds) {
    System.out.printf(
        Locale.ROOT,
        "{\"workload\":\"%s\",\"object_reuse\":%b,\"variant\":\"%s\","
            + "\"records\":%d,\"seconds\":%.6f}%n",
        name,
        objectReuse,
        variant.name().toLowerCase(Locale.ROOT),
        records,
        seconds);
  }
}
