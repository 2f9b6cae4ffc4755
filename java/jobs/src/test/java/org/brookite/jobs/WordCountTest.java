package org.brookite.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The word count in Rust agrees with one in Java, wherever Flink keeps the state. */
class WordCountTest {
  @RegisterExtension static final MiniClusterExtension CLUSTER = Clusters.small();

  @ParameterizedTest(name = "{0} on {1}, object reuse {2}, parallelism {3}")
  @CsvSource({
    "STREAMING, hashmap, false, 1",
    "STREAMING, hashmap, true, 2",
    "STREAMING, rocksdb, false, 2",
    "STREAMING, rocksdb, true, 1",
    "BATCH, hashmap, false, 2",
    "BATCH, rocksdb, true, 2",
  })
  void agreesWithJava(
      RuntimeExecutionMode mode, String backend, boolean objectReuse, int parallelism)
      throws Exception {
    StreamExecutionEnvironment env = Clusters.environment(parallelism, mode, backend);
    if (objectReuse) {
      env.getConfig().enableObjectReuse();
    }
    List<String> lines = Words.lines();
    var counts = Clusters.collect(Words.job(Plugins.WORD_COUNT, env.fromData(lines)));
    assertThat(Words.last(counts)).isEqualTo(Words.count(lines));
  }

  @ParameterizedTest
  @CsvSource({"STREAMING", "BATCH"})
  void noLinesNoWords(RuntimeExecutionMode mode) throws Exception {
    StreamExecutionEnvironment env = Clusters.environment(2, mode, "hashmap");
    var lines = env.fromData("").filter(line -> false);
    assertThat(Clusters.collect(Words.job(Plugins.WORD_COUNT, lines))).isEmpty();
  }
}
