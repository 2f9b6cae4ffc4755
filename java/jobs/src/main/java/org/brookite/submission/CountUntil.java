package org.brookite.submission;

import java.util.Base64;
import org.apache.flink.api.common.accumulators.Accumulator;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/** Counts the records of each key in state, and fails at a count. */
final class CountUntil extends KeyedProcessFunction<Long, Long, Long> {
  private static final long serialVersionUID = 1;

  private final long failAt;
  private final String failure;
  private transient ValueState<Long> count;
  private transient Counter highest;

  CountUntil(long failAt, String failure) {
    this.failAt = failAt;
    this.failure = failure;
  }

  @Override
  public void open(OpenContext context) {
    count = getRuntimeContext().getState(new ValueStateDescriptor<>("count", Long.class));
    highest = getRuntimeContext().getMetricGroup().counter("highestCount");
    getRuntimeContext().addAccumulator("brookite-collect:digits", new Encoded());
  }

  @Override
  public void processElement(Long digit, Context context, Collector<Long> out) throws Exception {
    long next = (count.value() == null ? 0 : count.value()) + 1;
    count.update(next);
    highest.inc(Math.max(0, next - highest.getCount()));
    if (next >= failAt) {
      throw SubmissionJob.failure(failure, digit);
    }
    out.collect(next);
  }

  /** Records as a test's sink keeps them: Flink shows what the value's {@code toString} says. */
  static final class Encoded implements Accumulator<Long, String> {
    private static final long serialVersionUID = 1;

    @Override
    public void add(Long value) {}

    @Override
    public String getLocalValue() {
      return Base64.getEncoder().encodeToString(SubmissionJob.records(7, -1));
    }

    @Override
    public void resetLocal() {}

    @Override
    public void merge(Accumulator<Long, String> other) {}

    @Override
    public Encoded clone() {
      return new Encoded();
    }
  }
}
