package org.brookite.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
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
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.ParameterTool;
import org.brookite.RustLibrary;

/**
 * What a checkpoint waits for: Rust writes back the changed values that it remembers, here those of
 * all keys. Beside it, the same in Java: an operator that keeps changed values in a map and puts
 * them into the store before the barrier.
 *
 * <p>Prints for each store the nanoseconds for each value that was written back.
 */
public final class FlushBench {
  private static final TypeInformation<Tuple2<Long, Double>> TYPE =
      Types.TUPLE(Types.LONG, Types.DOUBLE);
  private static final int KEYS = 60_000;

  /** Keys do not come in the order of the store. */
  private static final long SCATTER = 0x9e3779b97f4a7c15L;

  private static final long RECORDS = 30_000_000;
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
    keyed(java).transform("write back", TYPE, new WriteBack()).sinkTo(new DiscardingSink<>());
    cluster.executeJobBlocking(java.getStreamGraph().getJobGraph());

    StreamExecutionEnvironment rust = environment(backend);
    library.on(keyed(rust)).call("running_average").as(TYPE).sinkTo(new DiscardingSink<>());
    KeptMetrics.forget();
    cluster.executeJobBlocking(rust.getStreamGraph().getJobGraph());
    long nanos = ((Counter) KeptMetrics.find("stateCacheFlushTotalNanos")).getCount();
    long values = ((Counter) KeptMetrics.find("stateCacheFlushedEntries")).getCount();
    double flushed = (double) nanos / values;
    System.out.printf(
        Locale.ROOT,
        "{\"backend\":\"%s\",\"keys\":%d,\"flushed_values\":%d,\"flush_of_all_ms\":%.2f,"
            + "\"rust_value_ns\":%.1f,\"java_value_ns\":%.1f}%n",
        backend,
        KEYS,
        values,
        flushed * KEYS / 1e6,
        flushed,
        WriteBack.nanosPerPut);
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

  private static KeyedStream<Tuple2<Long, Double>, Long> keyed(StreamExecutionEnvironment env) {
    var source = new DataGeneratorSource<>(index -> Tuple2.of(index % KEYS, 1.0), RECORDS, TYPE);
    return env.fromSource(source, WatermarkStrategy.noWatermarks(), "records")
        .keyBy(record -> record.f0);
  }

  /**
   * The running average with a cache as one would write it in Java: changed values wait in a map,
   * and are put into the store before a checkpoint's barrier.
   */
  private static final class WriteBack extends AbstractStreamOperator<Tuple2<Long, Double>>
      implements OneInputStreamOperator<Tuple2<Long, Double>, Tuple2<Long, Double>> {
    private static final long serialVersionUID = 1;

    /** Of the run that ended last. */
    private static volatile double nanosPerPut;

    private transient ValueState<Tuple2<Long, Double>> seen;
    private transient Map<Long, Tuple2<Long, Double>> changed;
    private transient long nanos;
    private transient long puts;

    @Override
    public void open() throws Exception {
      super.open();
      seen = getPartitionedState(new ValueStateDescriptor<>("seen", TYPE));
      changed = new HashMap<>();
    }

    @Override
    public void processElement(StreamRecord<Tuple2<Long, Double>> element) throws Exception {
      Tuple2<Long, Double> record = element.getValue();
      Tuple2<Long, Double> soFar = changed.get(record.f0);
      if (soFar == null) {
        soFar = seen.value();
      }
      Tuple2<Long, Double> next =
          soFar == null ? Tuple2.of(1L, record.f1) : Tuple2.of(soFar.f0 + 1, soFar.f1 + record.f1);
      changed.put(record.f0, next);
      output.collect(element.replace(Tuple2.of(record.f0, next.f1 / next.f0)));
    }

    @Override
    public void prepareSnapshotPreBarrier(long checkpoint) throws Exception {
      long before = System.nanoTime();
      for (Map.Entry<Long, Tuple2<Long, Double>> entry : changed.entrySet()) {
        setCurrentKey(entry.getKey());
        seen.update(entry.getValue());
      }
      nanos += System.nanoTime() - before;
      puts += changed.size();
      changed.clear();
    }

    @Override
    public void close() throws Exception {
      nanosPerPut = (double) nanos / puts;
      super.close();
    }
  }
}
