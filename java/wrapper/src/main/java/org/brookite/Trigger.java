package org.brookite;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.brookite.proto.AfterWatermark;
import org.brookite.proto.Never;
import org.brookite.proto.OrFinally;
import org.brookite.proto.Triggers;

/**
 * When a window's result is told. Triggers combine.
 *
 * <pre>{@code
 * // A first result every minute, one when the window is complete, and one for each late record.
 * Trigger.afterWatermark()
 *     .early(Trigger.afterProcessingTime(Duration.ofMinutes(1)).repeatedly())
 *     .late(Trigger.afterCount(1).repeatedly())
 * }</pre>
 *
 * <p>A trigger that has fired for the last time is finished: what comes for its window afterwards
 * is dropped. {@link #repeatedly} never finishes; neither do the early and late parts of {@link
 * #afterWatermark}.
 */
public final class Trigger {

  /** Most triggers in one: Rust keeps their states in the bits of a word. */
  private static final int MAX_PARTS = 64;

  private final org.brookite.proto.Trigger trigger;

  private Trigger(org.brookite.proto.Trigger.Builder trigger) {
    this.trigger = trigger.build();
  }

  private static org.brookite.proto.Trigger.Builder builder() {
    return org.brookite.proto.Trigger.newBuilder();
  }

  /** Fires once the watermark reaches the window's end. */
  public static Trigger afterWatermark() {
    return new Trigger(builder().setAfterWatermark(AfterWatermark.getDefaultInstance()));
  }

  /**
   * Fires also before the window's end, whenever the given trigger does.
   *
   * @throws RustJobException when this is no {@link #afterWatermark}
   */
  public Trigger early(Trigger early) {
    return new Trigger(builder().setAfterWatermark(watermarked("early").setEarly(early.trigger)));
  }

  /**
   * Fires also after the window's end, whenever the given trigger does.
   *
   * @throws RustJobException when this is no {@link #afterWatermark}
   */
  public Trigger late(Trigger late) {
    return new Trigger(builder().setAfterWatermark(watermarked("late").setLate(late.trigger)));
  }

  private AfterWatermark.Builder watermarked(String part) {
    if (!trigger.hasAfterWatermark()) {
      throw new RustJobException(
          String.format(
              "%1$s firings belong to Trigger.afterWatermark(): write"
                  + " Trigger.afterWatermark().%1$s(..)",
              part));
    }
    return trigger.getAfterWatermark().toBuilder();
  }

  /**
   * Fires so long after the first record since the last firing, by the clock of the machine.
   *
   * @throws RustJobException when the delay is negative
   */
  public static Trigger afterProcessingTime(Duration delay) {
    if (delay.isNegative()) {
      throw new RustJobException(
          String.format("a trigger's delay must not be negative, found %s", delay));
    }
    return new Trigger(builder().setAfterProcessingTimeMs(delay.toMillis()));
  }

  /**
   * Fires after so many records.
   *
   * @throws RustJobException when that is less than 1
   */
  public static Trigger afterCount(long records) {
    if (records < 1) {
      throw new RustJobException(
          String.format("a trigger cannot fire after %d records: use 1", records));
    }
    return new Trigger(builder().setAfterCount(records));
  }

  /** Fires whenever this does, again and again. */
  public Trigger repeatedly() {
    return new Trigger(builder().setRepeatedly(trigger));
  }

  /** Fires when the first fires, then when the second does, and so on. */
  public static Trigger each(Trigger... triggers) {
    return new Trigger(builder().setAfterEach(list(triggers)));
  }

  /** Fires when any of them does. */
  public static Trigger any(Trigger... triggers) {
    return new Trigger(builder().setAfterAny(list(triggers)));
  }

  /** Fires when all of them would. */
  public static Trigger all(Trigger... triggers) {
    return new Trigger(builder().setAfterAll(list(triggers)));
  }

  private static Triggers list(Trigger... triggers) {
    if (triggers.length == 0) {
      throw new RustJobException(
          "a combination of no triggers never fires: use Trigger.never() if that is meant");
    }
    Triggers.Builder list = Triggers.newBuilder();
    for (Trigger trigger : triggers) {
      list.addTriggers(trigger.trigger);
    }
    return list.build();
  }

  /** Fires whenever this does, until the last does; then no more. */
  public Trigger orFinally(Trigger last) {
    return new Trigger(
        builder().setOrFinally(OrFinally.newBuilder().setBody(trigger).setLast(last.trigger)));
  }

  /** Does not fire at all. */
  public static Trigger never() {
    return new Trigger(builder().setNever(Never.getDefaultInstance()));
  }

  org.brookite.proto.Trigger proto() {
    return trigger;
  }

  /**
   * Checks that the trigger can go with the windows.
   *
   * @param merging whether the windows merge
   */
  void check(boolean merging) {
    int parts = count(trigger);
    if (parts > MAX_PARTS) {
      throw new RustJobException(
          String.format("a trigger may have at most %d parts, found %d", MAX_PARTS, parts));
    }
    if (merging && hasSequence(trigger)) {
      throw new RustJobException(
          "a sequence of triggers cannot go with windows that merge, since two windows may stand at"
              + " different places of it: use any, all or repeatedly instead of Trigger.each");
    }
  }

  private static int count(org.brookite.proto.Trigger trigger) {
    return 1 + parts(trigger).stream().mapToInt(Trigger::count).sum();
  }

  private static boolean hasSequence(org.brookite.proto.Trigger trigger) {
    return trigger.hasAfterEach() || parts(trigger).stream().anyMatch(Trigger::hasSequence);
  }

  /** Returns the triggers right inside of this one. */
  private static List<org.brookite.proto.Trigger> parts(org.brookite.proto.Trigger trigger) {
    List<org.brookite.proto.Trigger> parts = new ArrayList<>();
    switch (trigger.getKindCase()) {
      case AFTER_WATERMARK:
        AfterWatermark watermark = trigger.getAfterWatermark();
        if (watermark.hasEarly()) {
          parts.add(watermark.getEarly());
        }
        if (watermark.hasLate()) {
          parts.add(watermark.getLate());
        }
        break;
      case REPEATEDLY:
        parts.add(trigger.getRepeatedly());
        break;
      case AFTER_EACH:
        parts.addAll(trigger.getAfterEach().getTriggersList());
        break;
      case AFTER_ANY:
        parts.addAll(trigger.getAfterAny().getTriggersList());
        break;
      case AFTER_ALL:
        parts.addAll(trigger.getAfterAll().getTriggersList());
        break;
      case OR_FINALLY:
        parts.add(trigger.getOrFinally().getBody());
        parts.add(trigger.getOrFinally().getLast());
        break;
      default:
        break;
    }
    return parts;
  }
}
