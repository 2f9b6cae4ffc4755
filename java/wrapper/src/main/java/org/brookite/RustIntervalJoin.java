package org.brookite;

import java.time.Duration;
import org.brookite.proto.IntervalBounds;
import org.brookite.proto.StageSpec;
import org.brookite.type.FunctionUse;

/**
 * Two streams whose records are joined when they are close in event time.
 *
 * <pre>{@code
 * library.on(orders).intervalJoin(payments)
 *     .between(Duration.ZERO, Duration.ofMinutes(10))
 *     .call("paid_order")
 * }</pre>
 */
public final class RustIntervalJoin {

  private final RustLibrary library;
  private final Streams streams;

  RustIntervalJoin(RustLibrary library, Streams streams) {
    this.library = library;
    this.streams = streams;
  }

  /**
   * A record of the first stream at time <i>t</i> is joined with those of the second from <i>t +
   * lower</i> to <i>t + upper</i>, both included. Either may be negative.
   *
   * @throws RustJobException when lower is more than upper
   */
  public Between between(Duration lower, Duration upper) {
    if (lower.compareTo(upper) > 0) {
      throw new RustJobException(
          String.format(
              "an interval join between %s and %s joins nothing: the lower bound comes first and must"
                  + " not be more than the upper one",
              lower, upper));
    }
    IntervalBounds.Builder bounds =
        IntervalBounds.newBuilder().setLowerMs(lower.toMillis()).setUpperMs(upper.toMillis());
    return new Between(bounds.build());
  }

  /** An interval join whose bounds are known. */
  public final class Between {

    private final IntervalBounds bounds;

    private Between(IntervalBounds bounds) {
      this.bounds = bounds;
    }

    /** Leaves out records at the lower bound itself. */
    public Between lowerBoundExclusive() {
      return new Between(bounds.toBuilder().setLowerExclusive(true).build());
    }

    /** Leaves out records at the upper bound itself. */
    public Between upperBoundExclusive() {
      return new Between(bounds.toBuilder().setUpperExclusive(true).build());
    }

    /**
     * Calls a function of pairs, and others on its results. All run as one stage.
     *
     * @throws RustJobException when the library lacks one of them, when they do not fit each other,
     *     when the streams are not of the types that the first one takes, or when the bounds leave
     *     nothing between them
     */
    public RustCall call(String function, String... next) {
      long first = bounds.getLowerMs() + (bounds.getLowerExclusive() ? 1 : 0);
      long last = bounds.getUpperMs() - (bounds.getUpperExclusive() ? 1 : 0);
      if (first > last) {
        throw new RustJobException(
            String.format(
                "an interval join between %d ms and %d ms leaves nothing between these when they are"
                    + " excluded: include a bound or widen the interval",
                bounds.getLowerMs(), bounds.getUpperMs()));
      }
      return new RustCall(
          library,
          FunctionUse.INTERVAL_JOIN,
          streams,
          StageSpec.newBuilder().setInterval(bounds).build(),
          RustInput.chain(function, next));
    }
  }
}
