package org.brookite.differential;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.flink.api.common.functions.CoGroupFunction;
import org.apache.flink.api.common.functions.JoinFunction;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.streaming.api.functions.co.ProcessJoinFunction;
import org.apache.flink.streaming.api.functions.windowing.ProcessWindowFunction;
import org.apache.flink.streaming.api.windowing.windows.GlobalWindow;
import org.apache.flink.streaming.api.windowing.windows.TimeWindow;
import org.apache.flink.streaming.api.windowing.windows.Window;
import org.apache.flink.util.Collector;

/** The functions in tests/differential once more, in Java. */
final class ReferenceFunctions {
  private ReferenceFunctions() {}

  private static String numbers(Iterable<Tuple2<Long, Long>> events, boolean sorted) {
    List<Long> numbers = new ArrayList<>();
    events.forEach(event -> numbers.add(event.f1));
    if (sorted) {
      numbers.sort(null);
    }
    return numbers.stream().map(String::valueOf).collect(Collectors.joining(" "));
  }

  private static String bounds(Window window) {
    if (window instanceof GlobalWindow) {
      return "all";
    }
    TimeWindow time = (TimeWindow) window;
    return "[" + time.getStart() + ", " + time.getEnd() + ")";
  }

  /** {@code described}: what an aggregate came to, with key and window. */
  static final class Described<IN, W extends Window>
      extends ProcessWindowFunction<IN, String, Long, W> {
    private static final long serialVersionUID = 1;

    @Override
    public void process(Long key, Context context, Iterable<IN> results, Collector<String> out) {
      for (IN result : results) {
        out.collect(key + " " + bounds(context.window()) + " " + result);
      }
    }
  }

  /** {@code contents} and {@code sorted_contents}: all that a window holds. */
  static final class Contents<W extends Window>
      extends ProcessWindowFunction<Tuple2<Long, Long>, String, Long, W> {
    private static final long serialVersionUID = 1;

    private final boolean sorted;

    Contents(boolean sorted) {
      this.sorted = sorted;
    }

    @Override
    public void process(
        Long key, Context context, Iterable<Tuple2<Long, Long>> events, Collector<String> out) {
      out.collect(key + " " + bounds(context.window()) + " " + numbers(events, sorted));
    }
  }

  /** {@code pairs}: one result for each pair of a window. */
  static final class Pairs implements JoinFunction<Tuple2<Long, Long>, Tuple2<Long, Long>, String> {
    private static final long serialVersionUID = 1;

    @Override
    public String join(Tuple2<Long, Long> one, Tuple2<Long, Long> other) {
      return one.f0 + " " + one.f1 + " " + other.f1;
    }
  }

  /** {@code groups}: one result for each group of a window. */
  static final class Groups
      implements CoGroupFunction<Tuple2<Long, Long>, Tuple2<Long, Long>, String> {
    private static final long serialVersionUID = 1;

    @Override
    public void coGroup(
        Iterable<Tuple2<Long, Long>> first,
        Iterable<Tuple2<Long, Long>> second,
        Collector<String> out) {
      out.collect(numbers(first, true) + " | " + numbers(second, true));
    }
  }

  /** {@code close_pairs}: the pairs of an interval join, with their timestamps. */
  static final class ClosePairs
      extends ProcessJoinFunction<Tuple2<Long, Long>, Tuple2<Long, Long>, String> {
    private static final long serialVersionUID = 1;

    @Override
    public void processElement(
        Tuple2<Long, Long> left, Tuple2<Long, Long> right, Context context, Collector<String> out) {
      out.collect(
          String.format(
              "%d %d@%d %d@%d",
              left.f0, left.f1, context.getLeftTimestamp(), right.f1, context.getRightTimestamp()));
    }
  }
}
