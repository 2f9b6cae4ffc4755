package org.brookite.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.HistogramStatistics;
import org.apache.flink.metrics.Meter;
import org.apache.flink.metrics.MeterView;
import org.apache.flink.metrics.Metric;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.apache.flink.runtime.metrics.DescriptiveStatisticsHistogram;
import org.brookite.RustJobException;
import org.brookite.proto.MetricDeclaration;
import org.brookite.proto.MetricKind;
import org.brookite.proto.MetricLabel;
import org.junit.jupiter.api.Test;

class MetricBridgeTest {

  private final Map<String, Metric> registered = new HashMap<>();
  private final MetricBridge bridge = new MetricBridge("measuring", new Group(""));

  /** Keeps metrics under their names, behind those of their groups. */
  private final class Group extends UnregisteredMetricsGroup {

    private final String scope;

    Group(String scope) {
      this.scope = scope;
    }

    @Override
    public MetricGroup addGroup(String key, String value) {
      return new Group(scope + key + "=" + value + ".");
    }

    @Override
    public <C extends Counter> C counter(String name, C counter) {
      registered.put(scope + name, counter);
      return counter;
    }

    @Override
    public <T, G extends Gauge<T>> G gauge(String name, G gauge) {
      registered.put(scope + name, gauge);
      return gauge;
    }

    @Override
    public <M extends Meter> M meter(String name, M meter) {
      registered.put(scope + name, meter);
      return meter;
    }

    @Override
    public <H extends Histogram> H histogram(String name, H histogram) {
      registered.put(scope + name, histogram);
      return histogram;
    }
  }

  private ByteBuffer register(String name, MetricKind kind) {
    return bridge.register(MetricDeclaration.newBuilder().setName(name).setKind(kind).build());
  }

  @Test
  void countersAndGaugesShowWhatRustWrites() {
    ByteBuffer words = register("words", MetricKind.METRIC_KIND_COUNTER);
    ByteBuffer depth = register("depth", MetricKind.METRIC_KIND_GAUGE);
    ByteBuffer heat = register("heat", MetricKind.METRIC_KIND_GAUGE_F64);
    Counter counter = (Counter) registered.get("words");
    assertThat(counter.getCount()).isZero();

    words.putLong(0, Long.MAX_VALUE);
    depth.putLong(0, -3);
    heat.putDouble(0, 36.6);
    assertThat(counter.getCount()).isEqualTo(Long.MAX_VALUE);
    assertThat(((Gauge<?>) registered.get("depth")).getValue()).isEqualTo(-3L);
    assertThat(((Gauge<?>) registered.get("heat")).getValue()).isEqualTo(36.6);
    assertThatThrownBy(counter::inc).isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void aMeterHasTheRateOfFlinksMeterView() {
    ByteBuffer events = register("events", MetricKind.METRIC_KIND_METER);
    MeterView meter = (MeterView) registered.get("events");
    meter.update();
    events.putLong(0, 120);
    meter.update();
    assertThat(meter.getCount()).isEqualTo(120);
    assertThat(meter.getRate()).isEqualTo(2.0);
  }

  @Test
  void labelsAreGroups() {
    bridge.register(
        MetricDeclaration.newBuilder()
            .setName("hits")
            .setKind(MetricKind.METRIC_KIND_COUNTER)
            .addLabels(MetricLabel.newBuilder().setKey("rule").setValue("hot"))
            .addLabels(MetricLabel.newBuilder().setKey("zone").setValue("a"))
            .build());
    assertThat(registered).containsOnlyKeys("rule=hot.zone=a.hits");
  }

  @Test
  void aHistogramShowsTheLatestSamplesLikeOneOfFlinks() {
    ByteBuffer memory = register("sizes", MetricKind.METRIC_KIND_HISTOGRAM);
    Histogram histogram = (Histogram) registered.get("sizes");
    Histogram flinks = new DescriptiveStatisticsHistogram(MetricBridge.HISTOGRAM_SAMPLES);
    assertThat(histogram.getStatistics().size()).isZero();
    assertThat(histogram.getStatistics().getQuantile(0.5)).isNaN();

    Random random = new Random(7);
    for (int count = 0; count < 3_000; count++) {
      long sample = random.nextInt(1_000_000) - 1_000;
      memory.putLong((1 + count % MetricBridge.HISTOGRAM_SAMPLES) * Long.BYTES, sample);
      memory.putLong(0, count + 1);
      flinks.update(sample);
      if (count < 5 || count > 1_000 && count % 97 == 0) {
        assertThat(histogram.getCount()).isEqualTo(flinks.getCount());
        same(histogram.getStatistics(), flinks.getStatistics());
      }
    }
  }

  private static void same(HistogramStatistics ours, HistogramStatistics flinks) {
    assertThat(ours.size()).isEqualTo(flinks.size());
    assertThat(ours.getMin()).isEqualTo(flinks.getMin());
    assertThat(ours.getMax()).isEqualTo(flinks.getMax());
    assertThat(ours.getMean()).isCloseTo(flinks.getMean(), within(1e-6));
    assertThat(ours.getStdDev()).isCloseTo(flinks.getStdDev(), within(1e-6));
    for (double quantile : new double[] {0.01, 0.5, 0.75, 0.95, 0.98, 0.99, 0.999, 1}) {
      assertThat(ours.getQuantile(quantile)).isCloseTo(flinks.getQuantile(quantile), within(1e-6));
    }
    assertThat(ours.getValues()).containsExactlyInAnyOrder(flinks.getValues());
  }

  @Test
  void manyMetricsHaveMemoryOfTheirOwn() {
    ByteBuffer[] values = new ByteBuffer[100];
    for (int i = 0; i < values.length; i++) {
      values[i] = register("c" + i, MetricKind.METRIC_KIND_COUNTER);
      values[i].putLong(0, i);
    }
    for (int i = 0; i < values.length; i++) {
      assertThat(((Counter) registered.get("c" + i)).getCount()).isEqualTo(i);
    }
  }

  @Test
  void refusesAnUnknownKind() {
    MetricDeclaration newer = MetricDeclaration.newBuilder().setName("x").setKindValue(77).build();
    assertThatThrownBy(() -> bridge.register(newer))
        .isInstanceOf(RustJobException.class)
        .hasMessageContaining("operator 'measuring' registers metric 'x' of an unknown kind 77");
  }
}
