package org.brookite.bench;

import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.connector.datagen.source.GeneratorFunction;

/**
 * Hands out made records, round and round, and starts the stopwatch when the warm-up is over: the
 * cheapest source there is, the same for every variant.
 *
 * <p>The records stay in this JVM; the job graph carries only the numbers.
 */
final class Samples<T> implements GeneratorFunction<Long, T> {
  private static final long serialVersionUID = 1;

  /** What the job to run next goes round. */
  private static volatile Object[] current;

  private final long warmUp;
  private transient T[] samples;
  private transient int mask;

  Samples(T[] samples, long warmUp) {
    if (Integer.bitCount(samples.length) != 1) {
      throw new IllegalArgumentException(
          "expected a power of two of samples, found " + samples.length);
    }
    this.warmUp = warmUp;
    current = samples;
  }

  @Override
  @SuppressWarnings("unchecked") // Flink's cluster is in this JVM and runs one job at a time.
  public void open(SourceReaderContext context) {
    samples = (T[]) current;
    mask = samples.length - 1;
  }

  @Override
  public T map(Long index) {
    long number = index;
    if (number == warmUp) {
      Stopwatch.start();
    }
    return samples[(int) number & mask];
  }
}
