package org.brookite.operator;

import java.util.Arrays;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.apache.flink.streaming.api.operators.sorted.state.BatchExecutionInternalTimeServiceManager;
import org.apache.flink.streaming.api.operators.sorted.state.BatchExecutionStateBackend;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.TwoInputStreamOperatorTestHarness;
import org.brookite.edge.Edges;
import org.brookite.proto.StageSpec;
import org.brookite.type.TypeMapping;

/** Operators with fake stages inside Flink's test harness. Records and keys are strings. */
final class Harnesses {

  static final TypeSerializer<String> STRINGS =
      Types.STRING.createSerializer(new SerializerConfigImpl());
  static final InputRecords<String> RECORDS = InputRecords.whole(STRINGS);

  private static final int KEY_GROUPS = 16;

  private Harnesses() {}

  static StateBackend backend(String name) {
    return name.equals("rocksdb") ? new EmbeddedRocksDBStateBackend() : new HashMapStateBackend();
  }

  static StageSpec keyed() {
    return Specs.keyed(Types.STRING, Types.STRING, Types.STRING);
  }

  static StageSpec plain() {
    return Specs.plain(Types.STRING, Types.STRING);
  }

  /** The same with a second input. */
  static StageSpec two(StageSpec spec) {
    return spec.toBuilder()
        .setSecondInput(Edges.intoRust(TypeMapping.toDataType(Types.STRING)))
        .build();
  }

  /** An operator on records that are keyed by their first character; not open yet. */
  static KeyedOneInputStreamOperatorTestHarness<String, String, String> keyed(
      FakeStage stage, StageSpec spec, String backend, int subtask, int parallelism)
      throws Exception {
    KeyedOneInputStreamOperatorTestHarness<String, String, String> harness =
        new KeyedOneInputStreamOperatorTestHarness<>(
            new RustKeyedOperator<String, String, String>(
                FakeStages.of(() -> stage), spec, STRINGS, RECORDS, new StageOutputs<>(STRINGS)),
            record -> record.substring(0, 1),
            Types.STRING,
            KEY_GROUPS,
            parallelism,
            subtask);
    if (backend.equals("batch")) {
      harness.setStateBackend(new BatchExecutionStateBackend());
      harness.setTimeServiceManagerProvider(BatchExecutionInternalTimeServiceManager::create);
    } else {
      harness.setStateBackend(backend(backend));
    }
    harness.setup(STRINGS);
    return harness;
  }

  static KeyedOneInputStreamOperatorTestHarness<String, String, String> keyed(
      FakeStage stage, String backend) throws Exception {
    return keyed(stage, keyed(), backend, 0, 1);
  }

  /** An operator on records without key; not open yet. */
  static OneInputStreamOperatorTestHarness<String, String> plain(
      FakeStage stage, int subtask, int parallelism) throws Exception {
    OneInputStreamOperatorTestHarness<String, String> harness =
        new OneInputStreamOperatorTestHarness<>(
            new RustOperator<String, String>(
                FakeStages.of(() -> stage), plain(), RECORDS, new StageOutputs<>(STRINGS)),
            KEY_GROUPS,
            parallelism,
            subtask);
    harness.setup(STRINGS);
    return harness;
  }

  /** An operator on two streams without keys; not open yet. */
  static TwoInputStreamOperatorTestHarness<String, String, String> two(FakeStage stage)
      throws Exception {
    TwoInputStreamOperatorTestHarness<String, String, String> harness =
        new TwoInputStreamOperatorTestHarness<>(
            new RustCoOperator<String, String, String>(
                FakeStages.of(() -> stage),
                two(plain()),
                RECORDS,
                RECORDS,
                new StageOutputs<>(STRINGS)));
    harness.setup(STRINGS);
    return harness;
  }

  /**
   * An operator on two streams, the first one keyed by the records' first character; not open yet.
   *
   * @param broadcast whether the second one is broadcast, and not keyed likewise
   */
  static KeyedTwoInputStreamOperatorTestHarness<String, String, String, String> keyedTwo(
      FakeStage stage, boolean broadcast) throws Exception {
    KeyedTwoInputStreamOperatorTestHarness<String, String, String, String> harness =
        new KeyedTwoInputStreamOperatorTestHarness<>(
            new RustKeyedCoOperator<String, String, String, String>(
                FakeStages.of(() -> stage),
                two(keyed()),
                STRINGS,
                RECORDS,
                RECORDS,
                new StageOutputs<>(STRINGS)),
            record -> record.substring(0, 1),
            broadcast ? null : record -> record.substring(0, 1),
            Types.STRING);
    harness.setup(STRINGS);
    return harness;
  }

  static void process(OneInputStreamOperatorTestHarness<String, String> harness, String... records)
      throws Exception {
    for (String record : records) {
      harness.processElement(new StreamRecord<>(record));
    }
  }

  /** What a subtask of another parallelism gets of the snapshots. */
  static OperatorSubtaskState share(
      int subtask, int before, int after, OperatorSubtaskState... snapshots) throws Exception {
    OperatorSubtaskState all = AbstractStreamOperatorTestHarness.repackageState(snapshots);
    return AbstractStreamOperatorTestHarness.repartitionOperatorState(
        all, KEY_GROUPS, before, after, subtask);
  }

  /** Which of the records a subtask gets. */
  static String[] own(int subtask, int parallelism, String... records) {
    return Arrays.stream(records)
        .filter(
            record ->
                KeyGroupRangeAssignment.assignKeyToParallelOperator(
                        record.substring(0, 1), KEY_GROUPS, parallelism)
                    == subtask)
        .toArray(String[]::new);
  }
}
