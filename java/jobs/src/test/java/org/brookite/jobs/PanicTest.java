package org.brookite.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.time.Duration;
import java.util.List;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiterStrategy;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.util.ExceptionUtils;
import org.brookite.RustFunctionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A panic fails the job, not the JVM; and Flink recovers from it as from any failure. */
class PanicTest {
  @RegisterExtension static final MiniClusterExtension CLUSTER = Clusters.small();

  private static final long MILLION = 1_000_000;

  @Test
  void aPanicOnTheMillionthRecordFailsTheJob() throws Exception {
    StreamExecutionEnvironment env = Clusters.environment(1);
    DataStream<Long> numbers =
        Plugins.FAILING
            .on(env.fromSequence(1, 2 * MILLION))
            .call("panic_on_millionth")
            .as(Types.LONG)
            .name("explosive stage");
    Throwable failure = catchThrowable(() -> Clusters.collect(numbers));
    assertThat(ExceptionUtils.findThrowable(failure, RustFunctionException.class))
        .as("cause of %s", ExceptionUtils.stringifyException(failure))
        .hasValueSatisfying(
            rust -> {
              assertThat(rust)
                  .hasMessageContaining("panic_on_millionth")
                  .hasMessageContaining("explosive stage")
                  .hasMessageContaining("boom 1000000");
              assertThat(rust.function()).isEqualTo("panic_on_millionth");
              assertThat(rust.stage()).contains("explosive stage");
              assertThat(rust.phase()).isEqualTo("process");
              assertThat(rust.input()).isEqualTo("1000000");
              assertThat(rust.rustBacktrace()).contains("process.rs");
            });

    DataStream<Long> fewer =
        Plugins.FAILING
            .on(Clusters.environment(1).fromSequence(1, 3))
            .call("panic_on_millionth")
            .as(Types.LONG);
    assertThat(Clusters.collect(fewer)).as("the same JVM runs the next job").hasSize(3);
  }

  /** The records go on where the last checkpoint was, and so does the state: no count is off. */
  @Test
  void aJobRecoversFromAPanicWithExactCounts() throws Exception {
    int words = 7;
    long records = 28_000;
    Configuration restarts = new Configuration();
    restarts.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
    restarts.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, 1);
    restarts.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ZERO);
    StreamExecutionEnvironment env = Clusters.environment(2);
    env.configure(restarts);
    env.enableCheckpointing(50);
    var source =
        new DataGeneratorSource<>(
            index -> "word" + index % words,
            records,
            RateLimiterStrategy.perSecond(20_000),
            Types.STRING);
    DataStream<String> stream = env.fromSource(source, WatermarkStrategy.noWatermarks(), "words");
    var counts =
        Clusters.collect(
            Plugins.FLINK_FUNCTIONS
                .on(stream.keyBy(word -> word))
                .call("count_and_panic_once")
                .as(Words.COUNT));
    List<Long> last = List.copyOf(Words.last(counts).values());
    assertThat(last).hasSize(words).containsOnly(records / words);
  }
}
