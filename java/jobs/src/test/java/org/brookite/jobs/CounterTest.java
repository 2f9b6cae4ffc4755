package org.brookite.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collection;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Metric;
import org.apache.flink.runtime.testutils.InMemoryReporter;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a function counts is a metric of its operator. */
class CounterTest {
  private static final InMemoryReporter REPORTER = InMemoryReporter.createWithRetainedMetrics();

  @RegisterExtension
  static final MiniClusterExtension CLUSTER =
      Clusters.small(REPORTER.addToConfiguration(new Configuration()));

  @Test
  void countersAreMetrics() throws Exception {
    StreamExecutionEnvironment env = Clusters.environment(1);
    Plugins.FLINK_FUNCTIONS
        .on(env.fromSequence(1, 1_000))
        .call("only_even")
        .as(Types.LONG)
        .sinkTo(new DiscardingSink<>());
    JobID job = env.execute().getJobID();
    Collection<Metric> odd = REPORTER.findMetrics(job, "odd_numbers").values();
    assertThat(odd).hasSize(1).allSatisfy(metric -> assertThat(value(metric)).isEqualTo(500));
  }

  private static long value(Metric metric) {
    return metric instanceof Counter
        ? ((Counter) metric).getCount()
        : ((Number) ((Gauge<?>) metric).getValue()).longValue();
  }
}
