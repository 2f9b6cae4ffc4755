package org.brookite.operator;

import java.nio.ByteBuffer;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MeterView;
import org.apache.flink.metrics.MetricGroup;
import org.brookite.RustJobException;
import org.brookite.proto.MetricDeclaration;
import org.brookite.proto.MetricLabel;

/**
 * The metrics of a stage, among the operator's.
 *
 * <p>Rust writes their values to memory that Java owns; a metric reporter reads them there, from
 * its own thread and without a native call, and still can when the stage is closed.
 */
final class MetricBridge {

  /** How many values a histogram is computed from: the latest. */
  static final int HISTOGRAM_SAMPLES = 1024;

  private final String operator;
  private final MetricGroup metrics;
  private final MetricMemory memory = new MetricMemory();

  MetricBridge(String operator, MetricGroup metrics) {
    this.operator = operator;
    this.metrics = metrics;
  }

  /**
   * Registers a metric.
   *
   * @return the memory of its value, see {@link org.brookite.bridge.StageHost#registerMetric}
   */
  ByteBuffer register(MetricDeclaration declaration) {
    MetricGroup group = metrics;
    for (MetricLabel label : declaration.getLabelsList()) {
      group = group.addGroup(label.getKey(), label.getValue());
    }
    String name = declaration.getName();
    ByteBuffer value;
    switch (declaration.getKind()) {
      case METRIC_KIND_COUNTER:
        value = memory.value();
        group.counter(name, new RustCounter(value));
        return value;
      case METRIC_KIND_METER:
        value = memory.value();
        group.meter(name, new MeterView(new RustCounter(value)));
        return value;
      case METRIC_KIND_GAUGE:
        value = memory.value();
        group.gauge(name, (Gauge<Long>) () -> value.getLong(0));
        return value;
      case METRIC_KIND_GAUGE_F64:
        value = memory.value();
        group.gauge(name, (Gauge<Double>) () -> value.getDouble(0));
        return value;
      case METRIC_KIND_HISTOGRAM:
        ByteBuffer samples = MetricMemory.samples(HISTOGRAM_SAMPLES);
        group.histogram(name, new RustHistogram(samples));
        return samples;
      default:
        throw new RustJobException(
            String.format(
                "operator '%s' registers metric '%s' of an unknown kind %d: the library is newer"
                    + " than Brookite's jar, so update the jar",
                operator, name, declaration.getKindValue()));
    }
  }
}
