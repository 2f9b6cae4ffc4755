package org.brookite.differential;

import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.streaming.api.datastream.KeyedStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.datastream.WindowedStream;
import org.apache.flink.streaming.api.windowing.windows.Window;
import org.apache.flink.util.OutputTag;
import org.brookite.RustCall;
import org.brookite.RustLibrary;
import org.brookite.Windows;
import org.brookite.differential.ReferenceFunctions.Contents;
import org.brookite.differential.ReferenceFunctions.Described;

/** The same windows twice, Flink's and Rust's. */
final class WindowTwin<W extends Window> {

  /** What is made of a window's events, in Java and in Rust. */
  enum Use {
    /** An aggregate alone. */
    AGGREGATE("totals"),
    /** An aggregate, and a function that is given what it came to. */
    DESCRIBED_AGGREGATE("totals", "described_totals"),
    /** The sum of the numbers, and a function that is given what it came to. */
    DESCRIBED_SUM("added_up", "described_event"),
    /** All events in the order in which they came. */
    CONTENTS("contents"),
    /** All events in the order of their numbers: windows that merge promise no other. */
    SORTED_CONTENTS("sorted_contents");

    private final String function;
    private final String[] next;

    Use(String function, String... next) {
      this.function = function;
      this.next = next;
    }
  }

  /** What happens to events that are late. */
  enum Late {
    DROPPED(false, false),
    TOLD(false, true),
    ALLOWED(true, false),
    ALLOWED_THEN_TOLD(true, true);

    private final boolean allowed;
    private final boolean told;

    Late(boolean allowed, boolean told) {
      this.allowed = allowed;
      this.told = told;
    }
  }

  private static final Duration LATENESS = Duration.ofMillis(170);
  private static final OutputTag<Tuple2<Long, Long>> LATE_EVENTS =
      new OutputTag<>("late", RandomEvents.EVENT);

  final String name;
  private final Function<
          KeyedStream<Tuple2<Long, Long>, Long>, WindowedStream<Tuple2<Long, Long>, Long, W>>
      windowed;
  private final Windows windows;
  private final Use use;
  private final Late late;

  WindowTwin(
      String name,
      Function<KeyedStream<Tuple2<Long, Long>, Long>, WindowedStream<Tuple2<Long, Long>, Long, W>>
          windowed,
      Windows windows,
      Use use,
      Late late) {
    this.name = String.format("%s, %s, late events %s", name, use, late);
    this.windowed = windowed;
    this.windows = windows;
    this.use = use;
    this.late = late;
  }

  /** The side output of late events; none when they are not told. */
  List<OutputTag<?>> sides() {
    return late.told ? List.of(LATE_EVENTS) : List.of();
  }

  /** Flink's windows. */
  SingleOutputStreamOperator<?> inFlink(KeyedStream<Tuple2<Long, Long>, Long> events) {
    WindowedStream<Tuple2<Long, Long>, Long, W> stream = windowed.apply(events);
    if (late.allowed) {
      stream = stream.allowedLateness(LATENESS);
    }
    if (late.told) {
      stream = stream.sideOutputLateData(LATE_EVENTS);
    }
    return results(stream);
  }

  private SingleOutputStreamOperator<?> results(
      WindowedStream<Tuple2<Long, Long>, Long, W> stream) {
    switch (use) {
      case AGGREGATE:
        return stream.aggregate(new Totals(), Totals.TYPE, Totals.TYPE);
      case DESCRIBED_AGGREGATE:
        return stream.aggregate(
            new Totals(), new Described<>(), Totals.TYPE, Totals.TYPE, Types.STRING);
      case DESCRIBED_SUM:
        return stream.reduce(
            (one, other) -> Tuple2.of(one.f0, one.f1 + other.f1), new Described<>(), Types.STRING);
      default:
        return stream.process(new Contents<>(use == Use.SORTED_CONTENTS), Types.STRING);
    }
  }

  /** Rust's windows. */
  SingleOutputStreamOperator<?> inRust(
      RustLibrary library, KeyedStream<Tuple2<Long, Long>, Long> events) {
    return as(call(library, events));
  }

  /** Rust's windows with hardly any cache: windows and keys take the place of each other. */
  SingleOutputStreamOperator<?> inRustWithoutCache(
      RustLibrary library, KeyedStream<Tuple2<Long, Long>, Long> events) {
    return as(call(library, events).stateCache(1, 1));
  }

  private RustCall call(RustLibrary library, KeyedStream<Tuple2<Long, Long>, Long> events) {
    Windows options = late.allowed ? windows.allowedLateness(LATENESS) : windows;
    options = late.told ? options.lateTo(LATE_EVENTS.getId()) : options;
    return library.on(events).window(options).call(use.function, use.next);
  }

  private SingleOutputStreamOperator<?> as(RustCall call) {
    if (late.told) {
      call.sideOutput(LATE_EVENTS.getId()).as(RandomEvents.EVENT);
    }
    TypeInformation<?> type = use == Use.AGGREGATE ? Totals.TYPE : Types.STRING;
    return call.as(type);
  }

  /** Keeps what windows tell under the name of one side. */
  void keep(String side, SingleOutputStreamOperator<?> results) {
    Told.keep(side + ": " + name, results);
    if (late.told) {
      Told.keepSide(side + ": " + name, results.getSideOutput(LATE_EVENTS), LATE_EVENTS.getId());
    }
  }
}
