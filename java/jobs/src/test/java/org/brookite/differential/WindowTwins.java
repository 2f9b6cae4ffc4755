package org.brookite.differential;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.streaming.api.datastream.KeyedStream;
import org.apache.flink.streaming.api.datastream.WindowedStream;
import org.apache.flink.streaming.api.windowing.assigners.EventTimeSessionWindows;
import org.apache.flink.streaming.api.windowing.assigners.SlidingEventTimeWindows;
import org.apache.flink.streaming.api.windowing.assigners.TumblingEventTimeWindows;
import org.apache.flink.streaming.api.windowing.assigners.WindowAssigner;
import org.apache.flink.streaming.api.windowing.windows.TimeWindow;
import org.apache.flink.streaming.api.windowing.windows.Window;
import org.brookite.Windows;
import org.brookite.differential.WindowTwin.Late;
import org.brookite.differential.WindowTwin.Use;

/** All kinds of windows that Flink has of its own, in all ways to treat late events. */
final class WindowTwins {

  private final List<WindowTwin<?>> twins = new ArrayList<>();

  private WindowTwins() {}

  static List<WindowTwin<?>> all() {
    WindowTwins all = new WindowTwins();
    all.ofTime("tumbling", TumblingEventTimeWindows.of(millis(100)), Windows.tumbling(millis(100)));
    all.ofTime(
        "tumbling with an offset",
        TumblingEventTimeWindows.of(millis(90), millis(-35)),
        Windows.tumbling(millis(90)).offset(millis(-35)));
    all.ofTime(
        "sliding",
        SlidingEventTimeWindows.of(millis(200), millis(60), millis(10)),
        Windows.sliding(millis(200), millis(60)).offset(millis(10)));
    all.ofTime(
        "sliding with gaps",
        SlidingEventTimeWindows.of(millis(50), millis(80)),
        Windows.sliding(millis(50), millis(80)));
    for (int gap : new int[] {45, 120}) {
      all.ofTime(
          "sessions with a gap of " + gap + " ms",
          EventTimeSessionWindows.withGap(millis(gap)),
          Windows.session(millis(gap)));
    }
    for (Use use : new Use[] {Use.AGGREGATE, Use.DESCRIBED_SUM, Use.CONTENTS}) {
      all.add("count", keyed -> keyed.countWindow(7), Windows.count(7), use, Late.DROPPED);
      all.add("count", keyed -> keyed.countWindow(9, 4), Windows.count(9, 4), use, Late.DROPPED);
      all.add("count", keyed -> keyed.countWindow(3, 5), Windows.count(3, 5), use, Late.DROPPED);
    }
    return all.twins;
  }

  private static Duration millis(long millis) {
    return Duration.ofMillis(millis);
  }

  /** Each way to treat late events, with one use or another. */
  private void ofTime(
      String name,
      WindowAssigner<? super Tuple2<Long, Long>, TimeWindow> assigner,
      Windows windows) {
    for (Late late : Late.values()) {
      Use[] uses = Use.values();
      Use use = uses[twins.size() % uses.length];
      boolean merges = assigner instanceof EventTimeSessionWindows;
      add(name, keyed -> keyed.window(assigner), windows, ordered(use, merges), late);
    }
  }

  private static Use ordered(Use use, boolean merges) {
    return use == Use.CONTENTS && merges ? Use.SORTED_CONTENTS : use;
  }

  private <W extends Window> void add(
      String name,
      Function<KeyedStream<Tuple2<Long, Long>, Long>, WindowedStream<Tuple2<Long, Long>, Long, W>>
          windowed,
      Windows windows,
      Use use,
      Late late) {
    twins.add(new WindowTwin<>(twins.size() + " " + name, windowed, windows, use, late));
  }
}
