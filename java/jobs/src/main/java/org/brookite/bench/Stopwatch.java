package org.brookite.bench;

/** Times a run from within: the source starts it, the sink stops it. One run at a time. */
final class Stopwatch {
  private static volatile long started;
  private static volatile long stopped;

  private Stopwatch() {}

  static void reset() {
    started = 0;
    stopped = 0;
  }

  static void start() {
    started = System.nanoTime();
  }

  static void stop() {
    stopped = System.nanoTime();
  }

  /** Seconds between start and stop. */
  static double seconds() {
    if (started == 0 || stopped == 0) {
      throw new IllegalStateException("the run never " + (started == 0 ? "started" : "ended"));
    }
    return (stopped - started) / 1e9;
  }
}
