package org.brookite.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A state whose type changes between a savepoint and the job that is started from it. */
class StateTypesTest {
  @RegisterExtension static final MiniClusterExtension CLUSTER = Clusters.small();

  @ParameterizedTest(name = "{0} to {1}, {2}")
  @CsvSource({
    "hashmap, hashmap, NATIVE",
    "rocksdb, rocksdb, NATIVE",
    "hashmap, rocksdb, CANONICAL",
    "rocksdb, hashmap, CANONICAL",
  })
  void aColumnMayBeAddedAndOneThatIsGoneIsAnError(
      String backend, String nextBackend, SavepointFormatType format, @TempDir Path folder)
      throws Exception {
    String first = Visits.run("visits", backend, null, folder, format);
    Map<String, Long> counts = Visits.counts();

    String second = Visits.run("visits_and_pages", nextBackend, first, folder, format);
    counts.forEach(
        (user, count) ->
            assertThat(Visits.first(user)).isEqualTo(user + " " + (count + 1) + " none"));
    counts = Visits.counts();

    // Values of both types, whose numbers this savepoint has to know.
    Visits.run("visits_and_pages", nextBackend, second, folder, format);
    counts.forEach(
        (user, count) ->
            assertThat(Visits.first(user)).startsWith(user + " " + (count + 1) + " page "));

    JobClient wrong = Visits.start("visits_forgotten", backend, first);
    assertThatThrownBy(() -> wrong.getJobExecutionResult().get())
        .hasStackTraceContaining(
            "state 'profile' was stored as ROW<user STRING NOT NULL, visits BIGINT NOT NULL> NOT"
                + " NULL and cannot be read as ROW<user STRING NOT NULL> NOT NULL: visits: this"
                + " column is gone");
    assertThat(Visits.TOLD).isEmpty();
  }
}
