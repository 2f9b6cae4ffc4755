package org.brookite.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.util.OutputTag;
import org.brookite.RustCall;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Records that leave a stage beside its results. */
class SideOutputTest {
  @RegisterExtension static final MiniClusterExtension CLUSTER = Clusters.small();

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void eachTagHasItsOwn(boolean objectReuse) throws Exception {
    var env = Clusters.environment(1);
    if (objectReuse) {
      env.getConfig().enableObjectReuse();
    }
    DataStream<Long> numbers =
        EventTime.stream(env, List.of(3L, -1L, 0L, 4L, -2L), Types.LONG, number -> 7L, 0);
    RustCall call = Plugins.FLINK_FUNCTIONS.on(numbers).call("by_sign", "even");
    OutputTag<Long> negative = call.sideOutput("negative").as(Types.LONG);
    OutputTag<String> zero = call.sideOutput("zero").as(Types.STRING);
    OutputTag<Long> odd = call.sideOutput("odd").as(Types.LONG);
    SingleOutputStreamOperator<Long> even = call.as(Types.LONG);
    assertThat(
            Clusters.collect(
                even.map(number -> "even " + number)
                    .union(
                        even.getSideOutput(odd).map(number -> "odd " + number),
                        even.getSideOutput(negative).map(number -> "negative " + number),
                        even.getSideOutput(zero))))
        .containsExactlyInAnyOrder("odd 3", "even 4", "negative -1", "negative -2", "zero at 7");
  }

  @Test
  void timersEmitAsideToo() throws Exception {
    var env = Clusters.environment(1);
    var times = EventTime.stream(env, List.of(10L, 20L), Types.LONG, time -> time, 0);
    RustCall call = Plugins.FLINK_FUNCTIONS.on(times.keyBy(time -> time % 10)).call("ring_aside");
    OutputTag<String> rang = call.sideOutput("rang").as(Types.STRING);
    assertThat(Clusters.collect(call.as(Types.LONG).getSideOutput(rang)))
        .containsExactly("0 at 10", "0 at 20");
  }

  @Test
  void aTagThatTheFunctionDoesNotDeclareFails() {
    var env = Clusters.environment(1);
    var numbers =
        Plugins.FLINK_FUNCTIONS.on(env.fromData(1L)).call("undeclared_side").as(Types.LONG);
    assertThatThrownBy(() -> Clusters.collect(numbers))
        .hasStackTraceContaining("undeclared_side")
        .hasStackTraceContaining("negative");
  }
}
