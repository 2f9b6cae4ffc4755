package org.brookite.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.util.Collector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A record's timestamp reaches the function, and its results carry it on. */
class TimestampTest {
  @RegisterExtension static final MiniClusterExtension CLUSTER = Clusters.small();

  private static DataStream<Long> stamped() {
    return Clusters.environment(1)
        .fromData(5L, 7L)
        .assignTimestampsAndWatermarks(
            WatermarkStrategy.<Long>forMonotonousTimestamps()
                .withTimestampAssigner((value, before) -> value * 1_000));
  }

  @Test
  void resultsKeepTheTimestamp() throws Exception {
    DataStream<Long> echoed =
        Plugins.FLINK_FUNCTIONS.on(stamped()).call("echo_long").as(Types.LONG);
    DataStream<Long> timestamps = echoed.process(new ReadTimestamp()).returns(Types.LONG);
    assertThat(Clusters.collect(timestamps)).containsExactly(5_000L, 7_000L);
  }

  @Test
  void theFunctionSeesTheTimestamp() throws Exception {
    DataStream<Long> seen =
        Plugins.FLINK_FUNCTIONS
            .on(stamped().keyBy(value -> value))
            .call("timestamp")
            .as(Types.LONG);
    assertThat(Clusters.collect(seen)).containsExactlyInAnyOrder(5_000L, 7_000L);
  }

  @Test
  void theFunctionSeesThatThereIsNone() throws Exception {
    DataStream<Long> numbers = Clusters.environment(1).fromData(5L);
    DataStream<Long> seen =
        Plugins.FLINK_FUNCTIONS.on(numbers.keyBy(value -> value)).call("timestamp").as(Types.LONG);
    assertThat(Clusters.collect(seen)).containsExactly(-1L);
  }

  private static final class ReadTimestamp extends ProcessFunction<Long, Long> {
    private static final long serialVersionUID = 1;

    @Override
    public void processElement(Long value, Context context, Collector<Long> out) {
      out.collect(context.timestamp());
    }
  }
}
