package org.brookite.operator;

import java.util.Arrays;
import org.apache.flink.metrics.HistogramStatistics;

/** Statistics of samples, computed as those of Flink's own histograms. */
final class SampleStatistics extends HistogramStatistics {

  private final long[] sorted;

  /**
   * Creates the statistics.
   *
   * @param samples is kept, and sorted
   */
  SampleStatistics(long[] samples) {
    Arrays.sort(samples);
    this.sorted = samples;
  }

  /** Interpolates between the two samples that are nearest to the {@code n + 1}-quantile. */
  @Override
  public double getQuantile(double quantile) {
    if (sorted.length == 0) {
      return Double.NaN;
    }
    double position = quantile * (sorted.length + 1);
    int below = (int) Math.floor(position);
    if (below < 1) {
      return sorted[0];
    }
    if (below >= sorted.length) {
      return sorted[sorted.length - 1];
    }
    double lower = sorted[below - 1];
    return lower + (position - below) * (sorted[below] - lower);
  }

  @Override
  public long[] getValues() {
    return sorted.clone();
  }

  @Override
  public int size() {
    return sorted.length;
  }

  @Override
  public double getMean() {
    return Arrays.stream(sorted).mapToDouble(sample -> sample).average().orElse(Double.NaN);
  }

  @Override
  public double getStdDev() {
    if (sorted.length < 2) {
      return sorted.length == 0 ? Double.NaN : 0;
    }
    double mean = getMean();
    double squares =
        Arrays.stream(sorted).mapToDouble(sample -> (sample - mean) * (sample - mean)).sum();
    return Math.sqrt(squares / (sorted.length - 1));
  }

  @Override
  public long getMax() {
    return sorted.length == 0 ? 0 : sorted[sorted.length - 1];
  }

  @Override
  public long getMin() {
    return sorted.length == 0 ? 0 : sorted[0];
  }
}
