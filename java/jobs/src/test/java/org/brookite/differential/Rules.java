package org.brookite.differential;

import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ReadOnlyBroadcastState;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.streaming.api.functions.co.KeyedBroadcastProcessFunction;
import org.apache.flink.util.Collector;

/**
 * {@code rules}: all rules with each event and each timer; rules come, change and go by broadcast.
 */
final class Rules
    extends KeyedBroadcastProcessFunction<Long, Tuple2<Long, Long>, Tuple2<Long, Long>, String> {
  private static final long serialVersionUID = 1;

  static final MapStateDescriptor<Long, Long> RULES =
      new MapStateDescriptor<>("rules", Types.LONG, Types.LONG);

  private transient ValueState<Long> count;

  @Override
  public void open(OpenContext context) {
    count = getRuntimeContext().getState(new ValueStateDescriptor<>("count", Types.LONG));
  }

  private String told(String what, Long key, long at, ReadOnlyBroadcastState<Long, Long> rules)
      throws Exception {
    Map<Long, Long> sorted = new TreeMap<>();
    rules.immutableEntries().forEach(rule -> sorted.put(rule.getKey(), rule.getValue()));
    return String.format("%s %d %d: %d %s", what, key, at, count.value(), sorted);
  }

  @Override
  public void processElement(Tuple2<Long, Long> event, ReadOnlyContext ctx, Collector<String> out)
      throws Exception {
    count.update(count.value() == null ? 1 : count.value() + 1);
    ctx.timerService().registerEventTimeTimer(ctx.timestamp() + event.f1 % 50);
    out.collect(told("event", ctx.getCurrentKey(), event.f1, ctx.getBroadcastState(RULES)));
  }

  @Override
  public void processBroadcastElement(Tuple2<Long, Long> rule, Context ctx, Collector<String> out)
      throws Exception {
    var rules = ctx.getBroadcastState(RULES);
    Long before = rules.get(rule.f0);
    if (rule.f1 % 7 == 0) {
      rules.clear();
    } else if (rule.f1 % 3 == 0) {
      rules.remove(rule.f0);
    } else {
      rules.put(rule.f0, rule.f1);
    }
    out.collect("rule " + rule.f0 + " " + rule.f1 + " after " + before);
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext ctx, Collector<String> out) throws Exception {
    out.collect(told("timer", ctx.getCurrentKey(), timestamp, ctx.getBroadcastState(RULES)));
  }
}
