package org.brookite.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.logging.log4j.Level;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What Rust logs is in Java's log, under the logger of the Rust module. */
class LogsTest {
  private static final String LOGGER = "flink_functions.measured";

  @RegisterExtension static final MiniClusterExtension CLUSTER = Clusters.small();

  private static <T> List<String> logged(
      Level level, String function, TypeInformation<T> result, Long... numbers) throws Exception {
    StreamExecutionEnvironment env = Clusters.environment(1);
    try (LogLines log = new LogLines(LOGGER, level)) {
      Clusters.collect(
          Plugins.FLINK_FUNCTIONS.on(env.fromData(Types.LONG, numbers)).call(function).as(result));
      return log.lines();
    }
  }

  @Test
  void recordsHaveLevelOperatorFunctionAndFields() throws Exception {
    assertThat(logged(Level.TRACE, "measure", Types.LONG, -7L, 5L))
        .containsExactly(
            "INFO [measure (1/1)] measure: measuring",
            "WARN [measure (1/1)] measure: negative{value=-7}: below zero size=7",
            "DEBUG [measure (1/1)] measure: 5 is fine",
            "TRACE [measure (1/1)] measure: fine value=5");
  }

  @Test
  void theLevelOfTheLoggerCounts() throws Exception {
    assertThat(logged(Level.WARN, "measure", Types.LONG, -7L, 5L))
        .as("nor is there a span of level INFO")
        .containsExactly("WARN [measure (1/1)] measure: below zero size=7");
    assertThat(logged(Level.DEBUG, "measure", Types.LONG, 5L))
        .containsExactly(
            "INFO [measure (1/1)] measure: measuring", "DEBUG [measure (1/1)] measure: 5 is fine");
    assertThat(logged(Level.OFF, "measure", Types.LONG, -7L)).isEmpty();
  }

  @Test
  void aThreadOfAFunctionLogsUnderItsOwnName() throws Exception {
    assertThat(logged(Level.INFO, "talk_aside", Types.BOOLEAN, 200L, 0L))
        .containsExactlyElementsOf(
            IntStream.range(0, 200)
                .mapToObj(n -> "INFO thread 'talker': aside " + n)
                .collect(Collectors.toList()));
  }
}
