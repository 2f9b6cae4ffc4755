package org.brookite.differential;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.dag.Transformation;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.apache.flink.streaming.api.operators.SimpleOperatorFactory;
import org.apache.flink.streaming.api.operators.StreamOperatorFactory;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.api.transformations.OneInputTransformation;
import org.apache.flink.streaming.api.transformations.TwoInputTransformation;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.TwoInputStreamOperatorTestHarness;
import org.apache.flink.util.InstantiationUtil;
import org.apache.flink.util.OutputTag;

/**
 * An operator taken out of a job, in Flink's test harness: what it is given comes in exactly that
 * order, on both inputs, and the clock is the test's.
 */
final class TestedOperator<IN> implements AutoCloseable {

  private static final int KEY_GROUPS = 16;

  private final Transformation<?> transformation;
  private final String backend;
  private final List<OutputTag<?>> sides;
  private final Map<OutputTag<?>, Integer> seen = new LinkedHashMap<>();
  private AbstractStreamOperatorTestHarness<Object> harness;
  private int seenRecords;

  TestedOperator(Transformation<?> transformation, String backend, List<OutputTag<?>> sides)
      throws Exception {
    this.transformation = transformation;
    this.backend = backend;
    this.sides = sides;
    start(null);
  }

  boolean hasOneInput() {
    return transformation instanceof OneInputTransformation;
  }

  void process(int input, StreamRecord<IN> record) throws Exception {
    if (hasOneInput()) {
      one().processElement(record);
    } else if (input == 0) {
      two().processElement1(record);
    } else {
      two().processElement2(record);
    }
  }

  /** The watermark of one input; that of the operator is the lower one. */
  void watermark(int input, long time) throws Exception {
    Watermark watermark = new Watermark(time);
    if (hasOneInput()) {
      one().processWatermark(watermark);
    } else if (input == 0) {
      two().processWatermark1(watermark);
    } else {
      two().processWatermark2(watermark);
    }
  }

  /** Puts the clock forward. */
  void clock(long time) throws Exception {
    harness.setProcessingTime(Math.max(harness.getProcessingTime(), time));
  }

  OperatorSubtaskState checkpoint(long number) throws Exception {
    harness.prepareSnapshotPreBarrier(number);
    return harness.snapshot(number, number);
  }

  /** Starts again from a checkpoint; whatever happened since is lost. */
  void restart(OperatorSubtaskState snapshot) throws Exception {
    harness.close();
    start(snapshot);
  }

  /** What was told since the last time. */
  List<StreamRecord<?>> take() {
    List<StreamRecord<?>> records = new ArrayList<>();
    List<Object> all = new ArrayList<>(harness.getOutput());
    for (Object told : all.subList(seenRecords, all.size())) {
      if (told instanceof StreamRecord) {
        records.add((StreamRecord<?>) told);
      }
    }
    seenRecords = all.size();
    return records;
  }

  /** What a side output was told since the last time. */
  List<StreamRecord<?>> take(OutputTag<?> side) {
    if (harness.getSideOutput(side) == null) {
      return List.of();
    }
    List<StreamRecord<?>> all = new ArrayList<>(harness.getSideOutput(side));
    Integer before = seen.put(side, all.size());
    return all.subList(before == null ? 0 : before, all.size());
  }

  List<OutputTag<?>> sides() {
    return sides;
  }

  @Override
  public void close() throws Exception {
    harness.close();
  }

  @SuppressWarnings("unchecked")
  private OneInputStreamOperatorTestHarness<IN, Object> one() {
    return (OneInputStreamOperatorTestHarness<IN, Object>) harness;
  }

  @SuppressWarnings("unchecked")
  private TwoInputStreamOperatorTestHarness<IN, IN, Object> two() {
    return (TwoInputStreamOperatorTestHarness<IN, IN, Object>) harness;
  }

  /** A new operator, as a TaskManager would make it from the job graph. */
  @SuppressWarnings("unchecked")
  private void start(OperatorSubtaskState snapshot) throws Exception {
    long clock = harness == null ? 0 : harness.getProcessingTime();
    harness = hasOneInput() ? harnessOfOne() : harnessOfTwo();
    harness.setStateBackend(
        backend.equals("rocksdb") ? new EmbeddedRocksDBStateBackend() : new HashMapStateBackend());
    harness.setup(
        (TypeSerializer<Object>)
            transformation.getOutputType().createSerializer(new SerializerConfigImpl()));
    harness.setProcessingTime(clock);
    if (snapshot != null) {
      harness.initializeState(snapshot);
    }
    harness.open();
    seenRecords = 0;
    seen.clear();
  }

  @SuppressWarnings("unchecked")
  private AbstractStreamOperatorTestHarness<Object> harnessOfOne() throws Exception {
    var one = (OneInputTransformation<IN, Object>) transformation;
    StreamOperatorFactory<Object> factory = InstantiationUtil.clone(one.getOperatorFactory());
    var key = (KeySelector<IN, Object>) one.getStateKeySelector();
    if (key == null) {
      return new OneInputStreamOperatorTestHarness<>(factory, KEY_GROUPS, 1, 0);
    }
    var type = (TypeInformation<Object>) one.getStateKeyType();
    return new KeyedOneInputStreamOperatorTestHarness<>(factory, key, type, KEY_GROUPS, 1, 0);
  }

  @SuppressWarnings("unchecked")
  private AbstractStreamOperatorTestHarness<Object> harnessOfTwo() throws Exception {
    var two = (TwoInputTransformation<IN, IN, Object>) transformation;
    var factory = (SimpleOperatorFactory<Object>) InstantiationUtil.clone(two.getOperatorFactory());
    var operator = (TwoInputStreamOperator<IN, IN, Object>) factory.getOperator();
    var key = (KeySelector<IN, Object>) two.getStateKeySelector1();
    if (key == null) {
      return new TwoInputStreamOperatorTestHarness<>(operator, KEY_GROUPS, 1, 0);
    }
    var otherKey = (KeySelector<IN, Object>) two.getStateKeySelector2();
    var type = (TypeInformation<Object>) two.getStateKeyType();
    return new KeyedTwoInputStreamOperatorTestHarness<>(
        operator, key, otherKey, type, KEY_GROUPS, 1, 0);
  }
}
