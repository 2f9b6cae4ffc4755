package org.brookite;

import com.google.protobuf.ByteString;
import java.time.Duration;
import java.util.Optional;
import org.brookite.proto.AccumulationMode;
import org.brookite.proto.GlobalWindows;
import org.brookite.proto.NamedWindows;
import org.brookite.proto.SessionWindows;
import org.brookite.proto.SlidingWindows;
import org.brookite.proto.TimestampCombiner;
import org.brookite.proto.TumblingWindows;
import org.brookite.proto.WindowingStrategy;

/**
 * How the records of a key are gathered in windows, and when a window's result is told. Windows are
 * values: each method returns others.
 *
 * <pre>{@code
 * Windows.tumbling(Duration.ofMinutes(1))
 *     .allowedLateness(Duration.ofSeconds(10))
 *     .lateTo("late")
 * }</pre>
 *
 * <p>Windows are of event time, unless {@link #processingTime} says otherwise. They fire when they
 * are complete, and again for each late record within the allowed lateness, unless {@link #trigger}
 * says otherwise.
 */
public final class Windows {

  private final WindowingStrategy strategy;
  private final int keepLast;
  private final String lateOutput;

  private Windows(WindowingStrategy.Builder strategy, int keepLast, String lateOutput) {
    this.strategy = strategy.build();
    this.keepLast = keepLast;
    this.lateOutput = lateOutput;
  }

  /**
   * Windows as the graph of a pipeline has them: what there is to check was checked when it was
   * built.
   *
   * @param keepLast how many of the latest records a window has, 0 for all
   * @param lateOutput the side output of late records, empty when they are dropped
   */
  public static Windows of(WindowingStrategy strategy, int keepLast, String lateOutput) {
    return new Windows(strategy.toBuilder(), keepLast, lateOutput);
  }

  private static Windows of(WindowingStrategy.Builder strategy) {
    return new Windows(strategy, 0, "");
  }

  private Windows with(WindowingStrategy.Builder strategy) {
    return new Windows(strategy, keepLast, lateOutput);
  }

  /**
   * Windows of one size, one after the other; one begins at the epoch.
   *
   * @throws RustJobException when the size is less than a millisecond
   */
  public static Windows tumbling(Duration size) {
    TumblingWindows.Builder windows =
        TumblingWindows.newBuilder().setSizeMs(positive("a tumbling window's size", size));
    return of(WindowingStrategy.newBuilder().setTumbling(windows));
  }

  /**
   * Windows of one size, a new one after every slide, so that a record may be in several.
   *
   * @throws RustJobException when either is less than a millisecond
   */
  public static Windows sliding(Duration size, Duration slide) {
    SlidingWindows.Builder windows =
        SlidingWindows.newBuilder()
            .setSizeMs(positive("a sliding window's size", size))
            .setSlideMs(positive("a sliding window's slide", slide));
    return of(WindowingStrategy.newBuilder().setSliding(windows));
  }

  /**
   * Windows of activity: they end when nothing came for the length of the gap.
   *
   * @throws RustJobException when the gap is less than a millisecond
   */
  public static Windows session(Duration gap) {
    SessionWindows.Builder windows =
        SessionWindows.newBuilder().setGapMs(positive("a session's gap", gap));
    return of(WindowingStrategy.newBuilder().setSession(windows));
  }

  /**
   * One window for all records of a key, which fires at the end of the input if no trigger does.
   */
  public static Windows global() {
    return of(WindowingStrategy.newBuilder().setGlobal(GlobalWindows.getDefaultInstance()));
  }

  /**
   * Windows of so many records. What is left when the input ends is in none.
   *
   * @throws RustJobException when the size is not positive
   */
  public static Windows count(long size) {
    positive("a count window's size", size);
    return global().trigger(Trigger.afterCount(size).repeatedly()).discarding();
  }

  /**
   * Windows of the latest records, so many of them, a new one after every slide of records.
   *
   * @throws RustJobException when either is not positive
   */
  public static Windows count(int size, long slide) {
    positive("a sliding count window's size", size);
    positive("a sliding count window's slide", slide);
    Windows windows = global().trigger(Trigger.afterCount(slide).repeatedly()).accumulating();
    return new Windows(windows.strategy.toBuilder(), size, "");
  }

  /** The windows of a window function that the library has. */
  public static Windows named(String function) {
    return named(function, new byte[0]);
  }

  /** The windows of a window function that the library has, with parameters that it understands. */
  public static Windows named(String function, byte[] payload) {
    NamedWindows.Builder windows =
        NamedWindows.newBuilder().setFunction(function).setPayload(ByteString.copyFrom(payload));
    return of(WindowingStrategy.newBuilder().setNamed(windows));
  }

  /**
   * Has the windows begin that much later, or earlier if it is negative: a day that begins with
   * local midnight, for example.
   *
   * @throws RustJobException when the windows are neither tumbling nor sliding, or the offset is
   *     not less than a window's size or slide
   */
  public Windows offset(Duration offset) {
    long millis = offset.toMillis();
    WindowingStrategy.Builder changed = strategy.toBuilder();
    long period;
    if (strategy.hasTumbling()) {
      period = strategy.getTumbling().getSizeMs();
      changed.getTumblingBuilder().setOffsetMs(millis);
    } else if (strategy.hasSliding()) {
      period = strategy.getSliding().getSlideMs();
      changed.getSlidingBuilder().setOffsetMs(millis);
    } else {
      throw new RustJobException("only tumbling and sliding windows have an offset: leave it away");
    }
    if (Math.abs(millis) >= period) {
      throw new RustJobException(
          String.format("a window's offset must be less than %d ms, found %d ms", period, millis));
    }
    return with(changed);
  }

  /**
   * Puts records in windows by the clock of the machine when they arrive, and not by their
   * timestamps.
   *
   * @throws RustJobException when the windows have nothing to do with time
   */
  public Windows processingTime() {
    if (strategy.hasGlobal()) {
      throw new RustJobException(
          "global windows and windows of counts have no time: leave processingTime away");
    }
    return with(strategy.toBuilder().setProcessingTime(true));
  }

  /**
   * Has windows fire when the trigger says.
   *
   * @throws RustJobException when the trigger cannot go with the windows
   */
  public Windows trigger(Trigger trigger) {
    trigger.check(strategy.hasSession());
    return with(strategy.toBuilder().setTrigger(trigger.proto()));
  }

  /**
   * Has a window wait that long after its end for records that come late.
   *
   * @throws RustJobException when it is negative
   */
  public Windows allowedLateness(Duration lateness) {
    if (lateness.isNegative()) {
      throw new RustJobException(
          String.format("allowed lateness must not be negative, found %s", lateness));
    }
    return with(strategy.toBuilder().setAllowedLatenessMs(lateness.toMillis()));
  }

  /** Sends records that come too late for their windows to a side output; else they are dropped. */
  public Windows lateTo(String sideOutput) {
    if (sideOutput.isEmpty()) {
      throw new RustJobException("the side output of late records needs a name, found none");
    }
    return new Windows(strategy.toBuilder(), keepLast, sideOutput);
  }

  /** Has each firing tell the records since the last alone. */
  public Windows discarding() {
    if (keepLast > 0) {
      throw new RustJobException(
          "sliding windows of counts keep their latest records: leave discarding away");
    }
    return with(
        strategy.toBuilder().setAccumulationMode(AccumulationMode.ACCUMULATION_MODE_DISCARDING));
  }

  /** Has each firing tell all records of the window so far: what happens by default. */
  public Windows accumulating() {
    return with(
        strategy.toBuilder().setAccumulationMode(AccumulationMode.ACCUMULATION_MODE_ACCUMULATING));
  }

  /** Gives results the earliest timestamp of their records, in place of the window's last. */
  public Windows earliestTimestamp() {
    return with(
        strategy.toBuilder().setTimestampCombiner(TimestampCombiner.TIMESTAMP_COMBINER_EARLIEST));
  }

  /** Gives results the latest timestamp of their records, in place of the window's last. */
  public Windows latestTimestamp() {
    return with(
        strategy.toBuilder().setTimestampCombiner(TimestampCombiner.TIMESTAMP_COMBINER_LATEST));
  }

  /** Has a window fire at its end even when nothing came since it fired last. */
  public Windows fireEmptyOnTime() {
    return with(strategy.toBuilder().setFireEmptyOnTime(true));
  }

  private static long positive(String what, Duration duration) {
    long millis = duration.toMillis();
    if (millis <= 0) {
      throw new RustJobException(
          String.format("%s must be at least a millisecond, found %s", what, duration));
    }
    return millis;
  }

  private static void positive(String what, long count) {
    if (count <= 0) {
      throw new RustJobException(String.format("%s must be positive, found %d", what, count));
    }
  }

  WindowingStrategy strategy() {
    return strategy;
  }

  /** How many of the latest records a window has, 0 for all. */
  int keepLast() {
    return keepLast;
  }

  /** The side output of late records, empty when they are dropped. */
  String lateOutput() {
    return lateOutput;
  }

  /** The window function of the library, if it is one of these. */
  Optional<String> function() {
    return strategy.hasNamed() ? Optional.of(strategy.getNamed().getFunction()) : Optional.empty();
  }
}
