package org.brookite.operator;

import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;

/**
 * How long it takes to write back the state that Rust holds changed, among the operator's metrics:
 * the native call and Flink's part. That is time in which a checkpoint keeps the stream waiting.
 */
final class FlushTime {

  /** Nanoseconds in the last checkpoint, a gauge. */
  static final String LAST = "stateCacheFlushNanos";

  /** Nanoseconds in all of them, a counter. */
  static final String TOTAL = "stateCacheFlushTotalNanos";

  private final Counter total;

  // Reporters read it from their own thread.
  private volatile long last;

  FlushTime(MetricGroup metrics) {
    total = metrics.counter(TOTAL);
    metrics.gauge(LAST, (Gauge<Long>) () -> last);
  }

  void beginCheckpoint() {
    last = 0;
  }

  void add(long nanos) {
    last += nanos;
    total.inc(nanos);
  }
}
