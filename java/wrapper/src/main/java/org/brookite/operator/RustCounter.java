package org.brookite.operator;

import java.nio.ByteBuffer;
import org.apache.flink.metrics.Counter;

/** A counter that Rust counts and Java reads. */
final class RustCounter implements Counter {

  private final ByteBuffer value;

  RustCounter(ByteBuffer value) {
    this.value = value;
  }

  @Override
  public long getCount() {
    return value.getLong(0);
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
