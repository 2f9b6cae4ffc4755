package org.brookite.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.runtime.jobgraph.JobVertex;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.DataStreamUtils;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.streaming.api.functions.source.legacy.SourceFunction;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Sources of Flink's older kind emit from a thread of their own; Rust functions run in the task's.
 */
class SourceThreadTest {
  @RegisterExtension static final MiniClusterExtension CLUSTER = Clusters.small();

  @Test
  void rustRunsBehindASourceWithAThread() throws Exception {
    assertThat(Clusters.collect(echo(source(Clusters.environment(1))))).containsExactly(1L, 2L, 3L);
  }

  @Test
  void rustRunsBehindAFunctionThatIsChainedToSuchASource() throws Exception {
    DataStream<Long> mapped =
        source(Clusters.environment(1)).map(value -> value + 1).returns(Types.LONG);
    assertThat(Clusters.collect(echo(mapped))).containsExactly(2L, 3L, 4L);
  }

  @Test
  void keyedRustRunsBehindAStreamThatIsTakenForKeyed() throws Exception {
    DataStream<Long> numbers = source(Clusters.environment(1));
    DataStream<Long> seen =
        Plugins.FLINK_FUNCTIONS
            .on(DataStreamUtils.reinterpretAsKeyedStream(numbers, value -> value, Types.LONG))
            .call("timestamp")
            .as(Types.LONG);
    assertThat(Clusters.collect(seen)).containsExactly(-1L, -1L, -1L);
  }

  @Test
  void timestampsAreReadBehindSuchASource() throws Exception {
    DataStream<Tuple2<String, Long>> pairs =
        source(Clusters.environment(1))
            .map(value -> Tuple2.of("x", value))
            .returns(Types.TUPLE(Types.STRING, Types.LONG));
    DataStream<Tuple2<String, Long>> stamped =
        Plugins.FLINK_FUNCTIONS
            .on(pairs)
            .assignTimestampsAndWatermarks(
                "second_field", WatermarkStrategy.forMonotonousTimestamps());
    assertThat(Clusters.collect(stamped)).hasSize(3);
  }

  @Test
  void onlyTheFirstRustOperatorLeavesTheChain() {
    StreamExecutionEnvironment env = Clusters.environment(1);
    echo(echo(source(env))).sinkTo(new DiscardingSink<>());
    assertThat(tasks(env)).hasSize(2);
  }

  @Test
  void behindASourceOfTodayRustIsChained() {
    StreamExecutionEnvironment env = Clusters.environment(1);
    echo(env.fromData(1L, 2L)).sinkTo(new DiscardingSink<>());
    assertThat(tasks(env)).hasSize(1);
  }

  private static DataStream<Long> source(StreamExecutionEnvironment env) {
    return env.addSource(new ThreeNumbers(), "numbers", Types.LONG);
  }

  private static DataStream<Long> echo(DataStream<Long> numbers) {
    return Plugins.FLINK_FUNCTIONS.on(numbers).call("echo_long").as(Types.LONG);
  }

  private static List<String> tasks(StreamExecutionEnvironment env) {
    Iterable<JobVertex> vertices = env.getStreamGraph().getJobGraph().getVertices();
    return StreamSupport.stream(vertices.spliterator(), false)
        .map(JobVertex::getName)
        .collect(Collectors.toList());
  }

  private static final class ThreeNumbers implements SourceFunction<Long> {
    private static final long serialVersionUID = 1;

    @Override
    public void run(SourceContext<Long> context) {
      for (long number = 1; number <= 3; number++) {
        context.collect(number);
      }
    }

    @Override
    public void cancel() {}
  }
}
