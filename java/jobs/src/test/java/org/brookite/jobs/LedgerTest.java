package org.brookite.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiterStrategy;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** States of all kinds and timers go through savepoints to another parallelism, and back. */
class LedgerTest {
  @RegisterExtension static final MiniClusterExtension CLUSTER = Clusters.small();

  private static final long RECORDS = 60_000;
  private static final long KEYS = 100;

  @ParameterizedTest(name = "{0}, {1}")
  @CsvSource({"hashmap, NATIVE", "rocksdb, CANONICAL"})
  void nothingIsLostOrDoubledFromOneToThreeToTwo(
      String backend, SavepointFormatType format, @TempDir Path folder) throws Exception {
    LastEntries.ENTRIES.clear();
    String first = stopAt(200, start(backend, 1, null, 20_000), format, folder);
    String second = stopAt(400, start(backend, 3, first, 20_000), format, folder);
    LastEntries.ENTRIES.clear();
    start(backend, 2, second, 1_000_000).getJobExecutionResult().get();

    for (String what : new String[] {"count", "list", "map", "sum", "fired"}) {
      assertThat(entries(what)).as(what).hasSize((int) KEYS).containsOnly(RECORDS / KEYS);
    }
    assertThat(entries("booked")).as("of both subtasks").hasSize(2);
    assertThat(entries("booked")[0] + entries("booked")[1]).isEqualTo(RECORDS);
  }

  private static long[] entries(String what) {
    return LastEntries.ENTRIES.entrySet().stream()
        .filter(entry -> entry.getKey().startsWith(what + " "))
        .mapToLong(Map.Entry::getValue)
        .toArray();
  }

  /** Stops when a key has so many records, and returns the savepoint. */
  private static String stopAt(long count, JobClient job, SavepointFormatType format, Path folder)
      throws Exception {
    while (LastEntries.ENTRIES.getOrDefault("count 0", 0L) < count) {
      Thread.sleep(10);
    }
    String savepoint = job.stopWithSavepoint(false, folder.toUri().toString(), format).get();
    assertThat(LastEntries.ENTRIES.get("count 0")).isLessThan(RECORDS / KEYS);
    return savepoint;
  }

  private static JobClient start(String backend, int parallelism, String savepoint, double pace)
      throws Exception {
    StreamExecutionEnvironment env =
        Clusters.environment(parallelism, RuntimeExecutionMode.STREAMING, backend);
    if (savepoint != null) {
      Configuration restore = new Configuration();
      restore.set(StateRecoveryOptions.SAVEPOINT_PATH, savepoint);
      env.configure(restore);
    }
    var source =
        new DataGeneratorSource<>(
            index -> index, RECORDS, RateLimiterStrategy.perSecond(pace), Types.LONG);
    DataStream<Long> numbers =
        env.fromSource(source, WatermarkStrategy.noWatermarks(), "numbers").uid("numbers");
    Plugins.FLINK_FUNCTIONS
        .on(numbers.keyBy(number -> number % KEYS))
        .call("ledger")
        .stateCache(20, 20_000)
        .as(LastEntries.ENTRY)
        .uid("ledger")
        .sinkTo(new LastEntries());
    return env.executeAsync("ledger");
  }
}
