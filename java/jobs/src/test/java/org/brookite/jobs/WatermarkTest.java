package org.brookite.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.api.java.tuple.Tuple3;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.brookite.RustJobException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Timestamps that Rust reads, and the watermarks that Flink derives from them. */
class WatermarkTest {
  @RegisterExtension static final MiniClusterExtension CLUSTER = Clusters.small();

  private static final TypeInformation<Tuple3<Long, Long, Long>> SEEN =
      Types.TUPLE(Types.LONG, Types.LONG, Types.LONG);

  /** Value, timestamp and watermark, as a function of a stream without key sees them. */
  private static List<Tuple3<Long, Long, Long>> seen(DataStream<Long> stream) throws Exception {
    return Clusters.collect(Plugins.FLINK_FUNCTIONS.on(stream).call("watermarks").as(SEEN));
  }

  @Test
  void strategiesWorkAsWithAnyOtherAssigner() throws Exception {
    StreamExecutionEnvironment env = Clusters.environment(1);
    DataStream<Long> timed =
        Plugins.FLINK_FUNCTIONS
            .on(env.fromData(10L, 30L, 20L))
            .assignTimestampsAndWatermarks("number_or_before", EventTime.behind(5));
    assertThat(seen(timed))
        .containsExactly(
            Tuple3.of(10L, 10L, Long.MIN_VALUE), Tuple3.of(30L, 30L, 5L), Tuple3.of(20L, 20L, 25L));
  }

  @Test
  void recordsAreWhatTheyWere() throws Exception {
    TypeInformation<Tuple2<String, Long>> type = Types.TUPLE(Types.STRING, Types.LONG);
    DataStream<Tuple2<String, Long>> timed =
        Plugins.FLINK_FUNCTIONS
            .on(Clusters.environment(1).fromData(type, Tuple2.of("grün", 1L), Tuple2.of("x", 2L)))
            .assignTimestampsAndWatermarks(
                "second_field", WatermarkStrategy.forMonotonousTimestamps());
    assertThat(Clusters.collect(timed)).containsExactly(Tuple2.of("grün", 1L), Tuple2.of("x", 2L));
  }

  @Test
  void theAssignerKnowsTheTimestampBefore() throws Exception {
    StreamExecutionEnvironment env = Clusters.environment(1);
    DataStream<Long> timed = EventTime.stream(env, List.of(1L, 2L), Types.LONG, n -> n * 100, 0);
    DataStream<Long> again =
        Plugins.FLINK_FUNCTIONS
            .on(timed)
            .assignTimestampsAndWatermarks(
                "number_or_before",
                WatermarkStrategy.<Long>forBoundedOutOfOrderness(Duration.ofHours(1))
                    .withIdleness(Duration.ofSeconds(1)));
    assertThat(seen(again)).extracting(seen -> seen.f1).containsExactly(100L, 200L);
  }

  @Test
  void batchModeHasNoWatermarkBeforeTheEnd() throws Exception {
    var env = Clusters.environment(1, RuntimeExecutionMode.BATCH, "hashmap");
    DataStream<Long> timed =
        Plugins.FLINK_FUNCTIONS
            .on(env.fromData(10L, 30L))
            .assignTimestampsAndWatermarks("number_or_before", EventTime.behind(5));
    assertThat(seen(timed))
        .containsExactly(Tuple3.of(10L, 10L, Long.MIN_VALUE), Tuple3.of(30L, 30L, Long.MIN_VALUE));
  }

  @Test
  void onlyTimestampAssignersAssignTimestamps() {
    StreamExecutionEnvironment env = Clusters.environment(1);
    assertThatThrownBy(
            () ->
                Plugins.FLINK_FUNCTIONS
                    .on(env.fromData(1L))
                    .assignTimestampsAndWatermarks("only_even", EventTime.behind(0)))
        .isInstanceOf(RustJobException.class)
        .hasMessageContaining("write on(stream).call(..)");
  }
}
