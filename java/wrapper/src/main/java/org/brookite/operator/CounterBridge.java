package org.brookite.operator;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.brookite.RustJobException;

/**
 * The counters of a stage, among the operator's metrics.
 *
 * <p>Rust writes their values to memory that Java owns; a metric reporter reads them there, from
 * its own thread and without a native call, and still can when the stage is closed.
 */
final class CounterBridge {

  /** The most counters that an operator can have. */
  static final int MAX_COUNTERS = 256;

  private final String operator;
  private final MetricGroup metrics;
  private final ByteBuffer values;
  private final List<String> names = new ArrayList<>();

  CounterBridge(String operator, MetricGroup metrics, ByteBuffer values) {
    this.operator = operator;
    this.metrics = metrics;
    this.values = values;
  }

  /**
   * Registers a counter.
   *
   * @return its slot
   * @throws RustJobException when the name is taken or there are {@link #MAX_COUNTERS} already
   */
  int register(String name) {
    if (names.contains(name)) {
      throw new RustJobException(
          String.format(
              "operator '%s' registers two counters of the name '%s': expected one name for each",
              operator, name));
    }
    int slot = names.size();
    if (slot == MAX_COUNTERS) {
      throw new RustJobException(
          String.format(
              "operator '%s' registers too many counters: expected at most %d, and '%s' is one more",
              operator, MAX_COUNTERS, name));
    }
    metrics.counter(name, new Slot(values, slot * Long.BYTES));
    names.add(name);
    return slot;
  }

  /** A counter that Rust counts and Java reads. */
  private static final class Slot implements Counter {

    private final ByteBuffer values;
    private final int offset;

    Slot(ByteBuffer values, int offset) {
      this.values = values;
      this.offset = offset;
    }

    @Override
    public long getCount() {
      return values.getLong(offset);
    }

    @Override
    public void inc() {
      throw onlyRust();
    }

    @Override
    public void inc(long n) {
      throw onlyRust();
    }

    @Override
    public void dec() {
      throw onlyRust();
    }

    @Override
    public void dec(long n) {
      throw onlyRust();
    }

    private static UnsupportedOperationException onlyRust() {
      return new UnsupportedOperationException("this counter is counted in Rust");
    }
  }
}
