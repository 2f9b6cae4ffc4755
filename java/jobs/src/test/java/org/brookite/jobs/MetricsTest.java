package org.brookite.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.HistogramStatistics;
import org.apache.flink.metrics.Meter;
import org.apache.flink.metrics.Metric;
import org.apache.flink.runtime.testutils.InMemoryReporter;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a function measures is among its operator's metrics, also when the job is over. */
class MetricsTest {
  private static final InMemoryReporter REPORTER = InMemoryReporter.createWithRetainedMetrics();

  @RegisterExtension
  static final MiniClusterExtension CLUSTER =
      Clusters.small(REPORTER.addToConfiguration(new Configuration()));

  private static JobID run(String function, Long... numbers) throws Exception {
    StreamExecutionEnvironment env = Clusters.environment(1);
    Plugins.FLINK_FUNCTIONS
        .on(env.fromData(Types.LONG, numbers))
        .call(function)
        .as(Types.LONG)
        .sinkTo(new DiscardingSink<>());
    return env.execute().getJobID();
  }

  private static Metric find(JobID job, String end) {
    Map<String, Metric> all = REPORTER.getMetricsByIdentifiers(job);
    List<String> found =
        all.keySet().stream().filter(name -> name.endsWith("." + end)).collect(Collectors.toList());
    assertThat(found).as("metric '%s' among %s", end, all.keySet()).hasSize(1);
    return all.get(found.get(0));
  }

  @Test
  void countersAreMetrics() throws Exception {
    JobID job = run("only_even", 1L, 2L, 3L);
    assertThat(((Counter) find(job, "only_even.0.odd_numbers")).getCount()).isEqualTo(2);
  }

  @Test
  void eachKindIsVisibleUnderTheOperator() throws Exception {
    JobID job = run("measure", 4L, -7L, 5L, 1L);
    String operator = "measure.0.";
    assertThat(((Gauge<?>) find(job, operator + "last")).getValue()).isEqualTo(1L);
    assertThat(((Gauge<?>) find(job, operator + "half")).getValue()).isEqualTo(0.5);
    assertThat(((Meter) find(job, operator + "numbers")).getCount()).isEqualTo(4);
    Histogram sizes = (Histogram) find(job, operator + "sizes");
    assertThat(sizes.getCount()).isEqualTo(4);
    HistogramStatistics statistics = sizes.getStatistics();
    assertThat(statistics.getValues()).containsExactly(1, 4, 5, 7);
    assertThat(statistics.getQuantile(0.5)).isEqualTo(4.5);
    assertThat(statistics.getMax()).isEqualTo(7);
  }

  @Test
  void labelsAreGroupsAndVariables() throws Exception {
    JobID job = run("measure", 4L, -7L, 5L);
    assertThat(((Counter) find(job, "measure.0.sign.plus.signs")).getCount()).isEqualTo(2);
    assertThat(((Counter) find(job, "measure.0.sign.minus.signs")).getCount()).isEqualTo(1);
    assertThat(REPORTER.getMetricsByGroup().keySet())
        .filteredOn(group -> job.toString().equals(group.getAllVariables().get("<job_id>")))
        .extracting(group -> group.getAllVariables().get("<sign>"))
        .contains("plus", "minus");
  }
}
