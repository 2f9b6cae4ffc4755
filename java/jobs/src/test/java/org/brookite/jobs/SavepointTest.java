package org.brookite.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiterStrategy;
import org.apache.flink.api.java.tuple.Tuple2;
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

/** State that Rust wrote survives in savepoints: no word is lost and none counted twice. */
class SavepointTest {
  @RegisterExtension static final MiniClusterExtension CLUSTER = Clusters.small();

  private static final int WORDS = 100;
  private static final long RECORDS = 100_000;

  @ParameterizedTest(name = "{0} x {1} to {2} x {3}, {4}")
  @CsvSource({
    "hashmap, 1, hashmap, 1, NATIVE",
    "hashmap, 1, hashmap, 2, CANONICAL",
    "rocksdb, 2, rocksdb, 1, NATIVE",
    "hashmap, 2, rocksdb, 1, CANONICAL",
  })
  void countsGoOn(
      String backend,
      int parallelism,
      String nextBackend,
      int nextParallelism,
      SavepointFormatType format,
      @TempDir Path folder)
      throws Exception {
    LastCounts.COUNTS.clear();
    StreamExecutionEnvironment env =
        Clusters.environment(parallelism, RuntimeExecutionMode.STREAMING, backend);
    JobClient first = start(env, RateLimiterStrategy.perSecond(20_000));
    while (LastCounts.COUNTS.getOrDefault("word0", 0L) < 50) {
      Thread.sleep(10);
    }
    String savepoint = first.stopWithSavepoint(false, folder.toUri().toString(), format).get();
    assertThat(LastCounts.COUNTS.get("word0")).isBetween(50L, RECORDS / WORDS - 1);

    StreamExecutionEnvironment next =
        Clusters.environment(nextParallelism, RuntimeExecutionMode.STREAMING, nextBackend);
    Configuration restore = new Configuration();
    restore.set(StateRecoveryOptions.SAVEPOINT_PATH, savepoint);
    next.configure(restore);
    start(next, RateLimiterStrategy.noOp()).getJobExecutionResult().get();
    assertThat(LastCounts.COUNTS).hasSize(WORDS);
    assertThat(LastCounts.COUNTS.values()).containsOnly(RECORDS / WORDS);
  }

  private static JobClient start(StreamExecutionEnvironment env, RateLimiterStrategy<?> pace)
      throws Exception {
    var source =
        new DataGeneratorSource<>(index -> "word" + index % WORDS, RECORDS, pace, Types.STRING);
    DataStream<String> words =
        env.fromSource(source, WatermarkStrategy.noWatermarks(), "words").uid("words");
    Plugins.WORD_COUNT
        .on(words.keyBy(word -> word))
        .call("count")
        .as(Words.COUNT)
        .uid("count")
        .sinkTo(new LastCounts());
    return env.executeAsync("word count");
  }

  /** Keeps the last count of each word; they only grow. */
  private static final class LastCounts implements Sink<Tuple2<String, Long>> {
    private static final long serialVersionUID = 1;

    static final Map<String, Long> COUNTS = new ConcurrentHashMap<>();

    @Override
    public SinkWriter<Tuple2<String, Long>> createWriter(WriterInitContext context) {
      return new SinkWriter<>() {
        @Override
        public void write(Tuple2<String, Long> count, Context context) {
          COUNTS.merge(count.f0, count.f1, Math::max);
        }

        @Override
        public void flush(boolean endOfInput) {}

        @Override
        public void close() {}
      };
    }
  }
}
