package org.brookite.differential;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.streaming.api.TimeDomain;
import org.apache.flink.streaming.api.functions.co.KeyedCoProcessFunction;
import org.apache.flink.util.Collector;

/** {@code exchange}: all kinds of changes to all kinds of state and timers, from all sides. */
final class Exchange
    extends KeyedCoProcessFunction<Long, Tuple2<Long, Long>, Tuple2<Long, Long>, String> {
  private static final long serialVersionUID = 1;

  private transient ValueState<Long> count;
  private transient ValueState<Long> due;
  private transient ListState<Long> list;
  private transient MapState<Long, Long> map;

  @Override
  public void open(OpenContext context) {
    count = getRuntimeContext().getState(new ValueStateDescriptor<>("count", Types.LONG));
    due = getRuntimeContext().getState(new ValueStateDescriptor<>("due", Types.LONG));
    list = getRuntimeContext().getListState(new ListStateDescriptor<>("list", Types.LONG));
    map = getRuntimeContext().getMapState(new MapStateDescriptor<>("map", Types.LONG, Types.LONG));
  }

  private String told(String what, Long key, long at, long watermark) throws Exception {
    List<Long> elements = new ArrayList<>();
    list.get().forEach(elements::add);
    Map<Long, Long> entries = new TreeMap<>();
    for (Map.Entry<Long, Long> entry : map.entries()) {
      entries.put(entry.getKey(), entry.getValue());
    }
    return String.format(
        "%s %d %d: %s %s %s, watermark %d",
        what, key, at, count.value(), elements, entries, watermark);
  }

  @Override
  public void processElement1(Tuple2<Long, Long> event, Context ctx, Collector<String> out)
      throws Exception {
    long number = event.f1;
    count.update(count.value() == null ? 1 : count.value() + 1);
    if (number % 9 == 0) {
      list.update(List.of(number, -number));
    } else {
      list.add(number);
    }
    map.put(number % 5, number);
    Long before = due.value();
    if (before != null && number % 3 == 0) {
      ctx.timerService().deleteEventTimeTimer(before);
    }
    due.update(ctx.timestamp() + number % 70);
    ctx.timerService().registerEventTimeTimer(due.value());
    if (number % 8 == 0) {
      out.collect(told("1", ctx.getCurrentKey(), number, ctx.timerService().currentWatermark()));
    }
  }

  @Override
  public void processElement2(Tuple2<Long, Long> event, Context ctx, Collector<String> out)
      throws Exception {
    long number = event.f1;
    if (number % 6 == 0) {
      list.clear();
    }
    map.remove(number % 5);
    if (number % 13 == 0) {
      map.clear();
    }
    if (number % 17 == 0) {
      count.clear();
    }
    long at = ctx.timerService().currentProcessingTime() + number % 90;
    ctx.timerService().registerProcessingTimeTimer(at);
    if (number % 11 == 0) {
      ctx.timerService().deleteProcessingTimeTimer(at);
    }
    String has = map.get(3L) + " " + map.contains(4L) + " " + map.isEmpty();
    out.collect("2 " + ctx.getCurrentKey() + " " + number + ": " + has);
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext ctx, Collector<String> out) throws Exception {
    boolean events = ctx.timeDomain() == TimeDomain.EVENT_TIME;
    String domain = events ? "event" : "processing";
    long watermark = ctx.timerService().currentWatermark();
    out.collect(told(domain, ctx.getCurrentKey(), timestamp, watermark));
    if (Math.floorMod(timestamp, 3) == 0) {
      list.clear();
    }
    if (Math.floorMod(timestamp, 7) == 0) {
      map.put(9L, timestamp);
    }
    if (events && Math.floorMod(timestamp, 5) == 0) {
      ctx.timerService().registerEventTimeTimer(timestamp + 41);
    }
  }
}
