package org.brookite.bench;

import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.flink.metrics.Metric;
import org.apache.flink.metrics.MetricConfig;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.reporter.MetricReporter;
import org.apache.flink.metrics.reporter.MetricReporterFactory;

/** Keeps the metrics of jobs in this JVM, also when the jobs have ended. */
public final class KeptMetrics implements MetricReporter, MetricReporterFactory {
  private static final Map<String, Metric> METRICS = new ConcurrentHashMap<>();

  /** Forgets the metrics of the jobs so far. */
  static void forget() {
    METRICS.clear();
  }

  /** The metric of that name which was registered last. */
  static Metric find(String name) {
    Metric metric = METRICS.get(name);
    if (metric == null) {
      throw new IllegalStateException("no metric " + name + ", there are " + METRICS.keySet());
    }
    return metric;
  }

  @Override
  public MetricReporter createMetricReporter(Properties properties) {
    return this;
  }

  @Override
  public void open(MetricConfig config) {}

  @Override
  public void close() {}

  @Override
  public void notifyOfAddedMetric(Metric metric, String name, MetricGroup group) {
    METRICS.put(name, metric);
  }

  @Override
  public void notifyOfRemovedMetric(Metric metric, String name, MetricGroup group) {}
}
