package org.brookite.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiterStrategy;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.api.java.tuple.Tuple3;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.connector.datagen.source.GeneratorFunction;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is broadcast is known to all subtasks. */
class BroadcastTest {
  @RegisterExtension static final MiniClusterExtension CLUSTER = Clusters.small();

  private static final TypeInformation<Tuple2<String, Long>> NUMBER =
      Types.TUPLE(Types.STRING, Types.LONG);
  private static final long RECORDS = 60_000;
  private static final int KEYS = 10;

  @Test
  void batchModeBroadcastsFirstToStreamsWithoutKeys() throws Exception {
    var env = Clusters.environment(2, RuntimeExecutionMode.BATCH, "hashmap");
    var allowed =
        Plugins.FLINK_FUNCTIONS
            .on(env.fromData("a", "b", "c", "a"))
            .broadcast(env.fromData("a", "c"))
            .call("allowed")
            .as(Types.STRING);
    assertThat(Clusters.collect(allowed)).containsExactlyInAnyOrder("a", "a", "c");
  }

  @ParameterizedTest
  @CsvSource({"hashmap, 1", "rocksdb, 2"})
  void batchModeBroadcastsFirstToKeyedStreams(String backend, int parallelism) throws Exception {
    var env = Clusters.environment(parallelism, RuntimeExecutionMode.BATCH, backend);
    var numbers = env.fromData(NUMBER, Tuple2.of("a", 1L), Tuple2.of("b", 2L), Tuple2.of("a", 3L));
    var factors = env.fromData(NUMBER, Tuple2.of("a", 10L), Tuple2.of("c", 5L));
    var scaled =
        Plugins.FLINK_FUNCTIONS
            .on(numbers.keyBy(number -> number.f0))
            .broadcast(factors)
            .call("scaled_sum")
            .as(NUMBER);
    List<Tuple2<String, Long>> results = Clusters.collect(scaled);
    assertThat(results)
        .contains(Tuple2.of("a", 40L), Tuple2.of("b", 2L), Tuple2.of("a", -4L), Tuple2.of("b", -2L))
        .hasSize(5);
  }

  @ParameterizedTest(name = "{0}, {1}")
  @CsvSource({"hashmap, CANONICAL", "rocksdb, NATIVE"})
  void whatWasBroadcastIsKnownAfterSavepointsFromOneToThreeToTwo(
      String backend, SavepointFormatType format, @TempDir Path folder) throws Exception {
    LastEntries.ENTRIES.clear();
    JobClient job = start(backend, 1, null, 20_000);
    // Multiples of a thousand are sums whose factor is known.
    while (LastEntries.ENTRIES.getOrDefault("scaled 0", 0L) < 100_000) {
      Thread.sleep(10);
    }
    String first = job.stopWithSavepoint(false, folder.toUri().toString(), format).get();

    LastEntries.ENTRIES.clear();
    job = start(backend, 3, first, 20_000);
    while (LastEntries.ENTRIES.getOrDefault("scaled 0", 0L) < 2_000_000) {
      Thread.sleep(10);
    }
    String second = job.stopWithSavepoint(false, folder.toUri().toString(), format).get();
    assertThat(LastEntries.ENTRIES.keySet()).noneMatch(entry -> entry.startsWith("plain"));

    LastEntries.ENTRIES.clear();
    start(backend, 2, second, 1_000_000).getJobExecutionResult().get();
    assertThat(LastEntries.ENTRIES.keySet()).noneMatch(entry -> entry.startsWith("plain"));
    for (int key = 0; key < KEYS; key++) {
      assertThat(LastEntries.ENTRIES)
          .containsEntry("scaled " + key, RECORDS / KEYS * 1_000)
          .containsEntry("fired " + key, RECORDS / KEYS);
    }
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
    DataStream<Tuple2<String, Long>> numbers =
        source(env, "numbers", pace, index -> Tuple2.of("" + index % KEYS, 1L));
    // Each key's factor once; others keep the source from ending while a savepoint is taken.
    DataStream<Tuple2<String, Long>> factors =
        source(
            env, "factors", pace, index -> Tuple2.of(index < KEYS ? "" + index : "none", 1_000L));
    Plugins.FLINK_FUNCTIONS
        .on(numbers.keyBy(number -> number.f0))
        .broadcast(factors)
        .call("scaled_sum")
        .as(NUMBER)
        .uid("sums")
        .map(BroadcastTest::entry)
        .returns(LastEntries.ENTRY)
        .sinkTo(new LastEntries());
    return env.executeAsync("broadcast");
  }

  private static DataStream<Tuple2<String, Long>> source(
      StreamExecutionEnvironment env,
      String name,
      double pace,
      GeneratorFunction<Long, Tuple2<String, Long>> record) {
    var source =
        new DataGeneratorSource<>(record, RECORDS, RateLimiterStrategy.perSecond(pace), NUMBER);
    return env.fromSource(source, WatermarkStrategy.noWatermarks(), name).uid(name);
  }

  private static Tuple3<String, Long, Long> entry(Tuple2<String, Long> result) {
    String kind = result.f1 < 0 ? "fired" : result.f1 % 1_000 == 0 ? "scaled" : "plain";
    return Tuple3.of(kind, Long.valueOf(result.f0), Math.abs(result.f1));
  }
}
