package org.brookite.differential;

import org.apache.flink.api.common.functions.AggregateFunction;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.api.java.tuple.Tuple4;

/** Key, count, sum and largest number: what Rust's {@code totals} computes. */
final class Totals
    implements AggregateFunction<
        Tuple2<Long, Long>, Tuple4<Long, Long, Long, Long>, Tuple4<Long, Long, Long, Long>> {
  private static final long serialVersionUID = 1;

  static final TypeInformation<Tuple4<Long, Long, Long, Long>> TYPE =
      Types.TUPLE(Types.LONG, Types.LONG, Types.LONG, Types.LONG);

  @Override
  public Tuple4<Long, Long, Long, Long> createAccumulator() {
    return Tuple4.of(-1L, 0L, 0L, -1L);
  }

  @Override
  public Tuple4<Long, Long, Long, Long> add(
      Tuple2<Long, Long> event, Tuple4<Long, Long, Long, Long> so) {
    return Tuple4.of(event.f0, so.f1 + 1, so.f2 + event.f1, Math.max(so.f3, event.f1));
  }

  @Override
  public Tuple4<Long, Long, Long, Long> getResult(Tuple4<Long, Long, Long, Long> so) {
    return so;
  }

  @Override
  public Tuple4<Long, Long, Long, Long> merge(
      Tuple4<Long, Long, Long, Long> one, Tuple4<Long, Long, Long, Long> other) {
    return Tuple4.of(
        Math.max(one.f0, other.f0),
        one.f1 + other.f1,
        one.f2 + other.f2,
        Math.max(one.f3, other.f3));
  }
}
