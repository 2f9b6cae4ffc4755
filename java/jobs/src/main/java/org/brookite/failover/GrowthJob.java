package org.brookite.failover;

import java.time.Duration;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.streaming.api.datastream.KeyedStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.util.ParameterTool;
import org.brookite.RustLibrary;

/**
 * A job with more keys than memory: its state is in RocksDB, in front of which Rust keeps what was
 * used lately.
 *
 * <p>Four of five records have a key that is new, the fifth one that was there before.
 */
public final class GrowthJob {
  private static final long NEW_OF = 5;
  private static final int CACHED_KEYS = 100_000;
  private static final long CACHED_BYTES = 16 << 20;

  private GrowthJob() {}

  /** Takes {@code --keys}, how many there are in the end. */
  public static void main(String[] args) throws Exception {
    long keys = ParameterTool.fromArgs(args).getLong("keys");
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
    Configuration configuration = new Configuration();
    configuration.set(StateBackendOptions.STATE_BACKEND, "rocksdb");
    configuration.set(CheckpointingOptions.INCREMENTAL_CHECKPOINTS, true);
    configuration.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofSeconds(5));
    env.configure(configuration);

    var source =
        new DataGeneratorSource<>(GrowthJob::key, keys / (NEW_OF - 1) * NEW_OF, Types.LONG);
    KeyedStream<Long, Long> records =
        env.fromSource(source, WatermarkStrategy.noWatermarks(), "keys").keyBy(key -> key);
    RustLibrary.resource("failover_functions")
        .on(records)
        .call("visits")
        .stateCache(CACHED_KEYS, CACHED_BYTES)
        .as(Types.LONG)
        .uid("visits")
        .sinkTo(new DiscardingSink<>());
    env.execute("growth");
  }

  /** The key of that record. */
  private static long key(long record) {
    long known = record - record / NEW_OF;
    boolean seen = record % NEW_OF == NEW_OF - 1;
    long number = seen ? Math.floorMod(Events.mix(record), known) : known;
    // An odd factor: different numbers have different keys, far from each other.
    return number * 0x9E3779B97F4A7C15L;
  }
}
