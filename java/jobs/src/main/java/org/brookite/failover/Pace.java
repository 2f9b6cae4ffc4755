package org.brookite.failover;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.connector.source.SourceSplit;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiter;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiterStrategy;

/**
 * So many records a second until a file appears, and from then on as many as there can be.
 *
 * <p>So a job lasts as long as somebody wants to disturb it, and not longer.
 */
final class Pace implements RateLimiterStrategy<SourceSplit> {
  private static final long serialVersionUID = 1;

  private final long nanosPerRecord;
  private final String untilFile;

  /** A pace for each source; the file may never appear. */
  Pace(long perSecond, String untilFile) {
    this.nanosPerRecord = TimeUnit.SECONDS.toNanos(1) / perSecond;
    this.untilFile = untilFile;
  }

  @Override
  public RateLimiter<SourceSplit> createRateLimiter(int parallelism) {
    return new Limiter(nanosPerRecord * parallelism, Path.of(untilFile));
  }

  private static final class Limiter implements RateLimiter<SourceSplit> {
    /** Shorter pauses are left out, and made up for by a later one. */
    private static final long SHORTEST_PAUSE = TimeUnit.MILLISECONDS.toNanos(2);

    private static final CompletionStage<Void> AT_ONCE = CompletableFuture.completedStage(null);

    private final long nanosPerRecord;
    private final Path untilFile;
    private long next = System.nanoTime();
    private boolean unlimited;

    Limiter(long nanosPerRecord, Path untilFile) {
      this.nanosPerRecord = nanosPerRecord;
      this.untilFile = untilFile;
    }

    @Override
    public CompletionStage<Void> acquire(int records) {
      if (unlimited) {
        return AT_ONCE;
      }
      long now = System.nanoTime();
      // A source that was held up does not catch up.
      next = Math.max(next, now - SHORTEST_PAUSE) + records * nanosPerRecord;
      long pause = next - now;
      if (pause < SHORTEST_PAUSE) {
        return AT_ONCE;
      }
      unlimited = Files.exists(untilFile);
      return new CompletableFuture<Void>().completeOnTimeout(null, pause, TimeUnit.NANOSECONDS);
    }
  }
}
