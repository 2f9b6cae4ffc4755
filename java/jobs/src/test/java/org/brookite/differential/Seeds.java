package org.brookite.differential;

import java.util.Random;

/** Seeds of random streams: other ones each time, or the one of {@code -Dbrookite.seed}. */
final class Seeds {
  private static final String PROPERTY = "brookite.seed";

  private Seeds() {}

  static long next() {
    String given = System.getProperty(PROPERTY);
    long seed = given != null ? Long.parseLong(given) : new Random().nextInt(Integer.MAX_VALUE);
    System.out.printf("random streams: -D%s=%d%n", PROPERTY, seed);
    return seed;
  }
}
