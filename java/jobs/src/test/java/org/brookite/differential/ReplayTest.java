package org.brookite.differential;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.api.java.tuple.Tuple5;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.KeyedStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.operators.co.CoBroadcastWithKeyedOperator;
import org.apache.flink.util.OutputTag;
import org.brookite.RustLibrary;
import org.brookite.differential.ReferenceFunctions.ClosePairs;
import org.brookite.jobs.Clusters;
import org.brookite.jobs.Plugins;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Operators of two inputs, and of windows, tell after each event what Flink's own tell, failures
 * and restarts included.
 */
class ReplayTest {
  private static final RustLibrary LIBRARY = Plugins.library("differential_functions");
  private static final int EVENTS = 1_200;
  private static final int KEYS = 7;

  private final long seed = Seeds.next();
  private final RandomEvents events = new RandomEvents(seed, EVENTS, KEYS, true);
  private DataStream<Tuple5<Integer, Long, Long, Long, Long>> stream;
  private KeyedStream<Tuple2<Long, Long>, Long> all;
  private KeyedStream<Tuple2<Long, Long>, Long> one;
  private KeyedStream<Tuple2<Long, Long>, Long> other;

  @BeforeEach
  void streams() {
    StreamExecutionEnvironment env =
        Clusters.environment(1, RuntimeExecutionMode.STREAMING, "hashmap");
    stream = events.in(env);
    all = RandomEvents.keyed(stream);
    one = RandomEvents.keyed(stream, 0);
    other = RandomEvents.keyed(stream, 1);
  }

  private void assertSame(
      String name,
      DataStream<?> flink,
      DataStream<?> rust,
      String backend,
      List<OutputTag<?>> sides)
      throws Exception {
    List<String> expected = Replay.run(flink.getTransformation(), events, seed, backend, sides);
    List<String> found = Replay.run(rust.getTransformation(), events, seed, backend, sides);
    for (int at = 0; at < expected.size(); at++) {
      assertThat(found.get(at))
          .as("%s: step %d, -Dbrookite.seed=%d", name, at, seed)
          .isEqualTo(expected.get(at));
    }
    assertThat(found).hasSameSizeAs(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"hashmap", "rocksdb"})
  void coProcessFunctionsWithAllKindsOfStateAndTimers(String backend) throws Exception {
    assertSame(
        "exchange",
        one.connect(other).process(new Exchange(), Types.STRING),
        LIBRARY.on(one).connect(other).call("exchange").as(Types.STRING),
        backend,
        List.of());
  }

  /** One entry in the cache: each access to another key writes back and reads again. */
  @ParameterizedTest
  @ValueSource(strings = {"hashmap", "rocksdb"})
  void theSameWithHardlyAnyCache(String backend) throws Exception {
    assertSame(
        "exchange",
        one.connect(other).process(new Exchange(), Types.STRING),
        LIBRARY.on(one).connect(other).call("exchange").stateCache(1, 1).as(Types.STRING),
        backend,
        List.of());
  }

  @ParameterizedTest
  @ValueSource(strings = {"hashmap", "rocksdb"})
  void intervalJoinsWithLateEvents(String backend) throws Exception {
    Duration lower = Duration.ofMillis(-40);
    Duration upper = Duration.ofMillis(60);
    assertSame(
        "interval join",
        one.intervalJoin(other)
            .between(lower, upper)
            .upperBoundExclusive()
            .process(new ClosePairs(), Types.STRING),
        LIBRARY
            .on(one)
            .intervalJoin(other)
            .between(lower, upper)
            .upperBoundExclusive()
            .call("close_pairs")
            .as(Types.STRING),
        backend,
        List.of());
  }

  @ParameterizedTest
  @ValueSource(strings = {"hashmap", "rocksdb"})
  void keyedStreamsWithBroadcastState(String backend) throws Exception {
    DataStream<Tuple2<Long, Long>> rules = RandomEvents.side(stream, 1);
    var flink = new CoBroadcastWithKeyedOperator<>(new Rules(), List.of(Rules.RULES));
    assertSame(
        "rules",
        one.connect(rules.broadcast()).transform("rules", Types.STRING, flink),
        LIBRARY.on(one).broadcast(rules).call("rules").as(Types.STRING),
        backend,
        List.of());
  }

  @Test
  void windowsOfAllKinds() throws Exception {
    for (WindowTwin<?> twin : WindowTwins.all()) {
      var rust = twin.inRust(LIBRARY, all);
      assertSame(twin.name, twin.inFlink(all), rust, "hashmap", twin.sides());
      var without = twin.inRustWithoutCache(LIBRARY, all);
      assertSame(twin.name, twin.inFlink(all), without, "hashmap", twin.sides());
    }
  }

  @Test
  void sessionsOnRocksDbWithHardlyAnyCache() throws Exception {
    for (WindowTwin<?> twin : WindowTwins.all()) {
      if (twin.name.contains("120 ms") && twin.name.contains("ALLOWED_THEN_TOLD")) {
        var rust = twin.inRustWithoutCache(LIBRARY, all);
        assertSame(twin.name, twin.inFlink(all), rust, "rocksdb", twin.sides());
      }
    }
  }
}
