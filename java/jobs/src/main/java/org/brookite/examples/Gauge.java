package org.brookite.examples;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;

/**
 * Passes records on, counts them, and notes when the first one came and when the last one had gone.
 *
 * <p>The readings of all subtasks of all gauges in this JVM add up, apart for each {@link Place}.
 */
final class Gauge<T> extends RichMapFunction<T, T> {
  private static final long serialVersionUID = 1;

  /** Records between two signs of progress. */
  private static final long STRIDE = 1 << 16;

  private final Place place;
  private transient long uncounted;
  private transient boolean started;

  Gauge(Place place) {
    this.place = place;
  }

  @Override
  public void open(OpenContext context) {
    uncounted = 0;
    started = false;
  }

  @Override
  public T map(T record) {
    if (!started) {
      started = true;
      place.first.accumulateAndGet(System.nanoTime(), Math::min);
    }
    if (++uncounted == STRIDE) {
      place.records.add(STRIDE);
      uncounted = 0;
    }
    return record;
  }

  @Override
  public void close() {
    place.records.add(uncounted);
    place.last.accumulateAndGet(System.nanoTime(), Math::max);
  }

  /** A place in the job where a gauge stands. */
  enum Place {
    LINES,
    COUNTS;

    private final LongAdder records = new LongAdder();
    private final AtomicLong first = new AtomicLong(Long.MAX_VALUE);
    private final AtomicLong last = new AtomicLong(Long.MIN_VALUE);

    /** Records so far, a little behind the truth until the job has ended. */
    long records() {
      return records.sum();
    }

    /** Seconds from the first record here to the end of the records at {@code end}. */
    double secondsUntil(Place end) {
      return Math.max(0, end.last.get() - first.get()) / 1e9;
    }
  }
}
