package org.brookite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Arrays;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.brookite.proto.AccumulationMode;
import org.brookite.proto.TimestampCombiner;
import org.junit.jupiter.api.Test;

/** Windows and triggers as a job describes them. */
class WindowsTest {

  private static final Duration SECOND = Duration.ofSeconds(1);

  private static void assertRefused(ThrowingCallable call, String message) {
    assertThatThrownBy(call).isInstanceOf(RustJobException.class).hasMessageContaining(message);
  }

  @Test
  void saysWhatTheJobSays() {
    var tumbling =
        Windows.tumbling(SECOND)
            .offset(Duration.ofMillis(-10))
            .allowedLateness(Duration.ofMillis(20))
            .lateTo("late")
            .discarding()
            .earliestTimestamp()
            .fireEmptyOnTime();
    assertThat(tumbling.strategy().getTumbling().getSizeMs()).isEqualTo(1_000);
    assertThat(tumbling.strategy().getTumbling().getOffsetMs()).isEqualTo(-10);
    assertThat(tumbling.strategy().getAllowedLatenessMs()).isEqualTo(20);
    assertThat(tumbling.strategy().getAccumulationMode())
        .isEqualTo(AccumulationMode.ACCUMULATION_MODE_DISCARDING);
    assertThat(tumbling.strategy().getTimestampCombiner())
        .isEqualTo(TimestampCombiner.TIMESTAMP_COMBINER_EARLIEST);
    assertThat(tumbling.strategy().getFireEmptyOnTime()).isTrue();
    assertThat(tumbling.strategy().hasTrigger()).isFalse();
    assertThat(tumbling.lateOutput()).isEqualTo("late");

    var sliding = Windows.sliding(SECOND, Duration.ofMillis(100)).processingTime().strategy();
    assertThat(sliding.getSliding().getSlideMs()).isEqualTo(100);
    assertThat(sliding.getProcessingTime()).isTrue();
    assertThat(Windows.session(SECOND).strategy().getSession().getGapMs()).isEqualTo(1_000);
    assertThat(Windows.named("mine", new byte[] {1}).strategy().getNamed().getPayload().size())
        .isEqualTo(1);
  }

  @Test
  void countsAreTriggersOfGlobalWindows() {
    var windows = Windows.count(3);
    assertThat(windows.strategy().hasGlobal()).isTrue();
    assertThat(windows.strategy().getTrigger().getRepeatedly().getAfterCount()).isEqualTo(3);
    assertThat(windows.strategy().getAccumulationMode())
        .isEqualTo(AccumulationMode.ACCUMULATION_MODE_DISCARDING);
    assertThat(windows.keepLast()).isZero();

    var sliding = Windows.count(10, 3).latestTimestamp();
    assertThat(sliding.strategy().getTrigger().getRepeatedly().getAfterCount()).isEqualTo(3);
    assertThat(sliding.keepLast()).isEqualTo(10);
  }

  @Test
  void triggersNest() {
    Trigger trigger =
        Trigger.afterWatermark()
            .early(Trigger.afterProcessingTime(SECOND).repeatedly())
            .late(Trigger.any(Trigger.afterCount(1), Trigger.never()))
            .orFinally(Trigger.all(Trigger.each(Trigger.afterCount(2))));
    var body = trigger.proto().getOrFinally().getBody().getAfterWatermark();
    assertThat(body.getEarly().getRepeatedly().getAfterProcessingTimeMs()).isEqualTo(1_000);
    assertThat(body.getLate().getAfterAny().getTriggersList()).hasSize(2);
    assertThat(Windows.tumbling(SECOND).trigger(trigger).strategy().getTrigger())
        .isEqualTo(trigger.proto());
    assertRefused(
        () -> Windows.session(SECOND).trigger(trigger),
        "a sequence of triggers cannot go with windows that merge");
  }

  @Test
  void refusesWindowsThatCannotBe() {
    assertRefused(
        () -> Windows.tumbling(Duration.ZERO),
        "a tumbling window's size must be at least a millisecond, found PT0S");
    assertRefused(() -> Windows.tumbling(Duration.ofNanos(1)), "found PT0.000000001S");
    assertRefused(() -> Windows.sliding(SECOND, SECOND.negated()), "slide must be at least");
    assertRefused(() -> Windows.session(Duration.ZERO), "a session's gap must be at least");
    assertRefused(() -> Windows.count(0), "a count window's size must be positive, found 0");
    assertRefused(() -> Windows.count(1, 0), "a sliding count window's slide must be positive");
    assertRefused(() -> Windows.tumbling(SECOND).offset(SECOND), "must be less than 1000 ms");
    assertRefused(
        () -> Windows.session(SECOND).offset(SECOND), "only tumbling and sliding windows");
    assertRefused(() -> Windows.count(1).processingTime(), "have no time");
    assertRefused(() -> Windows.count(2, 1).discarding(), "keep their latest records");
    assertRefused(
        () -> Windows.global().allowedLateness(SECOND.negated()),
        "allowed lateness must not be negative, found PT-1S");
    assertRefused(() -> Windows.global().lateTo(""), "needs a name");
  }

  @Test
  void refusesTriggersThatCannotBe() {
    assertRefused(() -> Trigger.afterCount(0), "cannot fire after 0 records: use 1");
    assertRefused(() -> Trigger.afterProcessingTime(SECOND.negated()), "must not be negative");
    assertRefused(Trigger::all, "use Trigger.never()");
    assertRefused(
        () -> Trigger.afterCount(1).early(Trigger.never()),
        "write Trigger.afterWatermark().early(..)");
    Trigger[] many = new Trigger[64];
    Arrays.fill(many, Trigger.never());
    assertRefused(() -> Windows.global().trigger(Trigger.any(many)), "at most 64 parts, found 65");
  }
}
