package org.brookite.bench;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Keys of Zipf's distribution with exponent 1: the n-th most frequent is 1/n as frequent as the
 * first.
 *
 * <p>A rank's key is the rank scattered over all numbers, so that frequent keys do not lie side by
 * side in a sorted store.
 */
final class Zipf {
  private static final long SCATTER = 0x9e3779b97f4a7c15L;

  /** The share of the keys up to each rank. */
  private final double[] shares;

  Zipf(int keys) {
    shares = new double[keys];
    double sum = 0;
    for (int rank = 0; rank < keys; rank++) {
      sum += 1.0 / (rank + 1);
      shares[rank] = sum;
    }
    for (int rank = 0; rank < keys; rank++) {
      shares[rank] /= sum;
    }
  }

  /** Returns the next key. */
  long next(SplittableRandom random) {
    int rank = Arrays.binarySearch(shares, random.nextDouble());
    return SCATTER * (rank < 0 ? ~rank : rank);
  }
}
