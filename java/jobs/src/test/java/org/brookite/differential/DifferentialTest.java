package org.brookite.differential;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.brookite.RustLibrary;
import org.brookite.jobs.Clusters;
import org.brookite.jobs.Plugins;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Windows and joins tell what Flink's own tell, of the same random streams.
 *
 * <p>One job has all of them, behind one source. Streams are others each time; a failure says which
 * number brings one back: {@code -Dbrookite.seed=..}.
 */
class DifferentialTest {
  @RegisterExtension static final MiniClusterExtension CLUSTER = Clusters.small();

  private static final RustLibrary LIBRARY = Plugins.library("differential_functions");
  private static final int EVENTS = 4_000;
  private static final int KEYS = 13;

  @ParameterizedTest(name = "{0}, parallelism {1}, {2}")
  @CsvSource({
    "STREAMING, 1, hashmap",
    "STREAMING, 2, hashmap",
    "STREAMING, 2, rocksdb",
    "BATCH, 2, hashmap"
  })
  void windowsTellWhatFlinksTell(RuntimeExecutionMode mode, int parallelism, String backend)
      throws Exception {
    long seed = Seeds.next();
    StreamExecutionEnvironment env = Clusters.environment(parallelism, mode, backend);
    var events = RandomEvents.keyed(new RandomEvents(seed, EVENTS, KEYS, true).in(env));
    List<WindowTwin<?>> twins = WindowTwins.all();
    Told.forget();
    for (WindowTwin<?> twin : twins) {
      twin.keep("Flink", twin.inFlink(events));
      twin.keep("Rust", twin.inRust(LIBRARY, events));
    }
    env.execute();
    List<String> names = new ArrayList<>();
    twins.forEach(twin -> names.add(twin.name));
    assertSame(names, seed);
  }

  /**
   * No event is late here: which of two streams is read first is left to chance, and so would be
   * what is late.
   */
  @ParameterizedTest(name = "parallelism {0}, {1}")
  @CsvSource({"1, hashmap", "2, rocksdb"})
  void joinsTellWhatFlinksTell(int parallelism, String backend) throws Exception {
    long seed = Seeds.next();
    StreamExecutionEnvironment env =
        Clusters.environment(parallelism, RuntimeExecutionMode.STREAMING, backend);
    var events = new RandomEvents(seed, EVENTS, KEYS, false).in(env);
    var one = RandomEvents.keyed(events, 0);
    var other = RandomEvents.keyed(events, 1);
    Told.forget();
    List<String> names = new ArrayList<>();
    for (JoinTwin twin : JoinTwin.all()) {
      twin.inFlink(one, other);
      twin.inRust(LIBRARY, one, other);
      names.add(twin.name);
    }
    env.execute();
    assertSame(names, seed);
  }

  private static void assertSame(List<String> names, long seed) {
    List<String> differences = new ArrayList<>();
    for (String name : names) {
      Map<String, Integer> flink = Told.under("Flink: " + name);
      assertThat(flink).as("what Flink told: %s, seed %d", name, seed).hasSizeGreaterThan(100);
      Difference.between(flink, Told.under("Rust: " + name))
          .ifPresent(difference -> differences.add(name + ": " + difference));
    }
    assertThat(differences).as("differences to Flink, -Dbrookite.seed=%d", seed).isEmpty();
  }
}
