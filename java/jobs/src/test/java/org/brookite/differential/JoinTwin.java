package org.brookite.differential;

import java.time.Duration;
import java.util.List;
import java.util.function.BiFunction;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.KeyedStream;
import org.apache.flink.streaming.api.windowing.assigners.EventTimeSessionWindows;
import org.apache.flink.streaming.api.windowing.assigners.SlidingEventTimeWindows;
import org.apache.flink.streaming.api.windowing.assigners.TumblingEventTimeWindows;
import org.brookite.RustLibrary;
import org.brookite.Windows;
import org.brookite.differential.ReferenceFunctions.ClosePairs;
import org.brookite.differential.ReferenceFunctions.Groups;
import org.brookite.differential.ReferenceFunctions.Pairs;

/** The same join of two streams twice, Flink's and Rust's. */
final class JoinTwin {

  /** How a join is added to a job: on two streams with keys. */
  private interface Join
      extends BiFunction<
          KeyedStream<Tuple2<Long, Long>, Long>,
          KeyedStream<Tuple2<Long, Long>, Long>,
          DataStream<String>> {}

  /** The same in Rust. */
  private interface RustJoin {
    DataStream<String> add(
        RustLibrary library,
        KeyedStream<Tuple2<Long, Long>, Long> one,
        KeyedStream<Tuple2<Long, Long>, Long> other);
  }

  final String name;
  private final Join inFlink;
  private final RustJoin inRust;

  private JoinTwin(String name, Join inFlink, RustJoin inRust) {
    this.name = name;
    this.inFlink = inFlink;
    this.inRust = inRust;
  }

  void inFlink(
      KeyedStream<Tuple2<Long, Long>, Long> one, KeyedStream<Tuple2<Long, Long>, Long> other) {
    Told.keep("Flink: " + name, inFlink.apply(one, other));
  }

  void inRust(
      RustLibrary library,
      KeyedStream<Tuple2<Long, Long>, Long> one,
      KeyedStream<Tuple2<Long, Long>, Long> other) {
    Told.keep("Rust: " + name, inRust.add(library, one, other));
  }

  private static Duration millis(long millis) {
    return Duration.ofMillis(millis);
  }

  static List<JoinTwin> all() {
    return List.of(
        interval(-30, 70, false, false),
        interval(0, 40, true, false),
        interval(-50, -10, false, true),
        interval(-20, 20, true, true),
        new JoinTwin(
            "join in tumbling windows",
            (one, other) ->
                one.join(other)
                    .where(event -> event.f0)
                    .equalTo(event -> event.f0)
                    .window(TumblingEventTimeWindows.of(millis(60)))
                    .apply(new Pairs(), Types.STRING),
            (library, one, other) ->
                library
                    .on(one)
                    .join(other)
                    .window(Windows.tumbling(millis(60)))
                    .call("pairs")
                    .as(Types.STRING)),
        new JoinTwin(
            "co-group in sliding windows",
            (one, other) ->
                one.coGroup(other)
                    .where(event -> event.f0)
                    .equalTo(event -> event.f0)
                    .window(SlidingEventTimeWindows.of(millis(100), millis(40)))
                    .apply(new Groups(), Types.STRING),
            (library, one, other) ->
                library
                    .on(one)
                    .coGroup(other)
                    .window(Windows.sliding(millis(100), millis(40)))
                    .call("groups")
                    .as(Types.STRING)),
        new JoinTwin(
            "co-group in sessions",
            (one, other) ->
                one.coGroup(other)
                    .where(event -> event.f0)
                    .equalTo(event -> event.f0)
                    .window(EventTimeSessionWindows.withGap(millis(50)))
                    .apply(new Groups(), Types.STRING),
            (library, one, other) ->
                library
                    .on(one)
                    .coGroup(other)
                    .window(Windows.session(millis(50)))
                    .call("groups")
                    .as(Types.STRING)));
  }

  private static JoinTwin interval(
      long lower, long upper, boolean lowerExclusive, boolean upperExclusive) {
    String name =
        String.format(
            "interval join %s%d, %d%s",
            lowerExclusive ? "(" : "[", lower, upper, upperExclusive ? ")" : "]");
    return new JoinTwin(
        name,
        (one, other) -> {
          var join = one.intervalJoin(other).between(millis(lower), millis(upper));
          join = lowerExclusive ? join.lowerBoundExclusive() : join;
          join = upperExclusive ? join.upperBoundExclusive() : join;
          return join.process(new ClosePairs(), Types.STRING);
        },
        (library, one, other) -> {
          var join = library.on(one).intervalJoin(other).between(millis(lower), millis(upper));
          join = lowerExclusive ? join.lowerBoundExclusive() : join;
          join = upperExclusive ? join.upperBoundExclusive() : join;
          return join.call("close_pairs").as(Types.STRING);
        });
  }
}
