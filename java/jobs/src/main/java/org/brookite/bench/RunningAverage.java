package org.brookite.bench;

import java.util.SplittableRandom;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.KeyedStream;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.brookite.RustLibrary;

/** The running average of each of 10,000 keys, in keyed state on the heap. */
final class RunningAverage implements Workload<Tuple2<Long, Double>> {
  private static final TypeInformation<Tuple2<Long, Double>> TYPE =
      Types.TUPLE(Types.LONG, Types.DOUBLE);
  private static final int KEYS = 10_000;

  @Override
  public long records() {
    return 8_000_000;
  }

  @Override
  public TypeInformation<Tuple2<Long, Double>> type() {
    return TYPE;
  }

  @Override
  @SuppressWarnings({"unchecked", "rawtypes"}) // There are no arrays of a parameterised type.
  public Tuple2<Long, Double>[] samples() {
    SplittableRandom random = new SplittableRandom(3);
    Tuple2<Long, Double>[] samples = new Tuple2[1 << 16];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = Tuple2.of((long) random.nextInt(KEYS), random.nextDouble());
    }
    return samples;
  }

  @Override
  public DataStream<Tuple2<Long, Double>> input(DataStream<Tuple2<Long, Double>> records) {
    return keyed(records);
  }

  @Override
  public DataStream<?> java(DataStream<Tuple2<Long, Double>> records) {
    return keyed(records).process(new Average()).returns(TYPE);
  }

  @Override
  public DataStream<?> rust(DataStream<Tuple2<Long, Double>> records, RustLibrary library) {
    return library.on(keyed(records)).call("running_average").as(TYPE);
  }

  private static KeyedStream<Tuple2<Long, Double>, Long> keyed(
      DataStream<Tuple2<Long, Double>> records) {
    return records.keyBy(record -> record.f0);
  }

  private static final class Average
      extends KeyedProcessFunction<Long, Tuple2<Long, Double>, Tuple2<Long, Double>> {
    private static final long serialVersionUID = 1;

    /** How many values there were, and their sum. */
    private transient ValueState<Tuple2<Long, Double>> seen;

    @Override
    public void open(OpenContext context) {
      seen = getRuntimeContext().getState(new ValueStateDescriptor<>("seen", TYPE));
    }

    @Override
    public void processElement(
        Tuple2<Long, Double> record, Context context, Collector<Tuple2<Long, Double>> out)
        throws Exception {
      Tuple2<Long, Double> soFar = seen.value();
      if (soFar == null) {
        soFar = Tuple2.of(0L, 0.0);
      }
      soFar.f0 += 1;
      soFar.f1 += record.f1;
      seen.update(soFar);
      out.collect(Tuple2.of(record.f0, soFar.f1 / soFar.f0));
    }
  }
}
