package org.brookite.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.api.java.tuple.Tuple3;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.util.OutputTag;
import org.brookite.RustCall;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Functions of two streams. */
class ConnectedTest {
  @RegisterExtension static final MiniClusterExtension CLUSTER = Clusters.small();

  private static final TypeInformation<Tuple2<String, Long>> NUMBER =
      Types.TUPLE(Types.STRING, Types.LONG);
  private static final TypeInformation<Tuple3<String, Long, Long>> TRIPLE =
      Types.TUPLE(Types.STRING, Types.LONG, Types.LONG);

  @ParameterizedTest(name = "{0} on {1} x {2}")
  @CsvSource({
    "STREAMING, hashmap, 2",
    "STREAMING, rocksdb, 1",
    "BATCH, hashmap, 1",
    "BATCH, rocksdb, 2"
  })
  void bothStreamsShareTheStateAndTheTimersOfAKey(
      RuntimeExecutionMode mode, String backend, int parallelism) throws Exception {
    var env = Clusters.environment(parallelism, mode, backend);
    var numbers =
        env.fromData(
            NUMBER, Tuple2.of("a", 1L), Tuple2.of("b", 5L), Tuple2.of("a", 3L), Tuple2.of("c", 9L));
    var limits =
        env.fromData(
            TRIPLE, Tuple3.of("a", 3L, 100L), Tuple3.of("b", 5L, 100L), Tuple3.of("c", 1L, 200L));
    var above =
        Plugins.FLINK_FUNCTIONS
            .on(numbers.keyBy(number -> number.f0))
            .connect(limits.keyBy(limit -> limit.f0))
            .call("sum_above_limit")
            .as(TRIPLE)
            .uid("sums");
    assertThat(Clusters.collect(above))
        .containsExactlyInAnyOrder(Tuple3.of("a", 100L, 4L), Tuple3.of("c", 200L, 9L));
  }

  @ParameterizedTest
  @CsvSource({"STREAMING", "BATCH"})
  void streamsWithoutKeysAreConnectedToo(RuntimeExecutionMode mode) throws Exception {
    var env = Clusters.environment(2, mode, "hashmap");
    var either =
        Plugins.FLINK_FUNCTIONS
            .on(env.fromData(1L, 2L))
            .connect(env.fromData("one", "two"))
            .call("either_as_text")
            .as(Types.STRING);
    assertThat(Clusters.collect(either))
        .containsExactlyInAnyOrder("number 1", "number 2", "text one", "text two");
  }

  @Test
  void resultsAndSideOutputsHaveTheTimestampOfTheirRecord() throws Exception {
    var env = Clusters.environment(1);
    var numbers = EventTime.stream(env, List.of(5L), Types.LONG, number -> number, 0);
    var texts =
        EventTime.stream(
            env, List.of("seven", "more than ten"), Types.STRING, text -> (long) text.length(), 0);
    RustCall call = Plugins.FLINK_FUNCTIONS.on(numbers).connect(texts).call("sides");
    OutputTag<String> tooLong = call.sideOutput("long").as(Types.STRING);
    SingleOutputStreamOperator<String> sides = call.as(Types.STRING);
    assertThat(Clusters.collect(sides.union(sides.getSideOutput(tooLong))))
        .containsExactlyInAnyOrder("1: 5 at 5", "2: seven at 5", "more than ten");
  }
}
