package org.brookite.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.brookite.operator.Harnesses.process;

import java.util.ArrayList;
import java.util.List;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.brookite.RustJobException;
import org.brookite.proto.StateKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** All kinds of state, as Flink keeps them. */
class StatesTest {

  private static final String[] WRITES = {
    "a value set 1",
    "a list add 2",
    "a list add 3",
    "a map put x 4",
    "a map put y 5",
    "b value set 6",
    "b list add 7",
    "b map put x 8",
  };

  private static final String[] READS = {
    "a value get",
    "a list get",
    "a map entry x",
    "a map entry z",
    "b value get",
    "b list get",
    "b map get",
    "c value get",
    "c list get",
    "c map get",
  };

  private static final String[] FOUND = {
    "a: 1",
    "a: 2 3",
    "a: 4",
    "a: nothing",
    "b: 6",
    "b: 7",
    "b: x 8",
    "c: nothing",
    "c: nothing",
    "c: nothing",
  };

  @ParameterizedTest
  @ValueSource(strings = {"hashmap", "rocksdb"})
  void everyKeyHasItsOwn(String backend) throws Exception {
    for (boolean atOnce : new boolean[] {false, true}) {
      StatesStage stage = StatesStage.keyed(0);
      stage.atOnce = atOnce;
      try (var harness = Harnesses.keyed(stage, backend)) {
        harness.open();
        process(harness, WRITES);
        process(harness, READS);
        assertThat(harness.extractOutputValues()).containsExactly(FOUND);
        process(harness, "a map get");
        assertThat(last(harness)).isIn("a: x 4 y 5", "a: y 5 x 4");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"hashmap", "rocksdb", "batch"})
  void whatIsRemovedIsGone(String backend) throws Exception {
    try (var harness = Harnesses.keyed(StatesStage.keyed(0), backend)) {
      harness.open();
      process(harness, "a map put x 1", "a map put y 2", "a map remove x", "a map get");
      process(harness, "a map clear", "a map get", "a list add 1", "a list clear", "a list get");
      process(harness, "a value set 1", "a value clear", "a value get");
      assertThat(harness.extractOutputValues())
          .containsExactly("a: y 2", "a: nothing", "a: nothing", "a: nothing");
    }
  }

  private static String last(OneInputStreamOperatorTestHarness<String, String> harness) {
    List<String> values = harness.extractOutputValues();
    return values.get(values.size() - 1);
  }

  private static StatesStage inWindow(int end) {
    StatesStage stage = StatesStage.keyed(0);
    stage.namespace = new byte[16];
    stage.namespace[15] = (byte) end;
    return stage;
  }

  @ParameterizedTest
  @ValueSource(strings = {"hashmap", "rocksdb", "batch"})
  void everyWindowOfAKeyHasItsOwn(String backend) throws Exception {
    StatesStage stage = inWindow(1);
    var spec = Harnesses.keyed().toBuilder();
    spec.getWindowingBuilder().getGlobalBuilder();
    try (var harness = Harnesses.keyed(stage, spec.build(), backend, 0, 1)) {
      harness.open();
      process(harness, "a value set 1", "a map put x 2", "a list add 3");
      stage.namespace = new byte[16];
      process(harness, "a value get", "a map get", "a list get", "a value set 4");
      stage.namespace = inWindow(1).namespace;
      process(harness, "a value get", "a map get", "a list get");
      assertThat(harness.extractOutputValues())
          .containsExactly("a: nothing", "a: nothing", "a: nothing", "a: 1", "a: x 2", "a: 3");

      stage.namespace = FrameWriter.NONE;
      assertThatThrownBy(() -> process(harness, "a value get"))
          .hasMessageContaining("a namespace of 0 bytes: expected 16 in a stage with windows");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"hashmap", "rocksdb"})
  void statesOfKeysMoveWithTheirKeys(String backend) throws Exception {
    OperatorSubtaskState one;
    try (var harness = Harnesses.keyed(StatesStage.keyed(0), backend)) {
      harness.open();
      process(harness, WRITES);
      one = harness.snapshot(1, 1);
    }
    OperatorSubtaskState[] three = new OperatorSubtaskState[3];
    List<String> found = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      try (var harness = keyed(backend, i, 3)) {
        harness.initializeState(Harnesses.share(i, 1, 3, one));
        harness.open();
        process(harness, Harnesses.own(i, 3, READS));
        found.addAll(harness.extractOutputValues());
        process(harness, Harnesses.own(i, 3, "a value set 9", "b list add 9"));
        three[i] = harness.snapshot(2, 2);
      }
    }
    assertThat(found).containsExactlyInAnyOrder(FOUND);
    found.clear();
    for (int i = 0; i < 2; i++) {
      try (var harness = keyed(backend, i, 2)) {
        harness.initializeState(Harnesses.share(i, 3, 2, three));
        harness.open();
        process(harness, Harnesses.own(i, 2, "a value get", "b list get", "a list get"));
        found.addAll(harness.extractOutputValues());
      }
    }
    assertThat(found).containsExactlyInAnyOrder("a: 9", "b: 7 9", "a: 2 3");
  }

  private static KeyedOneInputStreamOperatorTestHarness<String, String, String> keyed(
      String backend, int subtask, int parallelism) throws Exception {
    return Harnesses.keyed(StatesStage.keyed(0), Harnesses.keyed(), backend, subtask, parallelism);
  }

  @Test
  void statesOfSubtasksAreDealtOutAnew() throws Exception {
    OperatorSubtaskState[] two = new OperatorSubtaskState[2];
    for (int i = 0; i < 2; i++) {
      try (var harness = Harnesses.plain(StatesStage.ofSubtask(), i, 2)) {
        harness.open();
        process(harness, "- map put x 1", "- map put y 2", "- map remove y");
        process(harness, "- list add l" + i, "- list add m" + i, "- union add u" + i);
        process(harness, "- map get", "- map entry x", "- list get", "- union get");
        assertThat(harness.extractOutputValues())
            .containsExactly("-: x 1", "-: 1", "-: l" + i + " m" + i, "-: u" + i);
        two[i] = harness.snapshot(1, 1);
      }
    }
    List<String> lists = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      try (var harness = Harnesses.plain(StatesStage.ofSubtask(), i, 3)) {
        harness.initializeState(Harnesses.share(i, 2, 3, two));
        harness.open();
        process(harness, "- map get", "- union get", "- list get");
        List<String> values = harness.extractOutputValues();
        assertThat(values.get(0)).isEqualTo("-: x 1");
        assertThat(values.get(1)).isIn("-: u0 u1", "-: u1 u0");
        lists.addAll(List.of(values.get(2).substring(3).split(" ")));
      }
    }
    lists.remove("nothing");
    assertThat(lists).containsExactlyInAnyOrder("l0", "l1", "m0", "m1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"hashmap", "rocksdb"})
  void statesOfKeysExpire(String backend) throws Exception {
    StatesStage stage = StatesStage.keyed(1_000);
    stage.atOnce = true;
    try (var harness = Harnesses.keyed(stage, backend)) {
      harness.setStateTtlProcessingTime(0);
      harness.open();
      process(harness, "a value set 1", "a list add 2", "a map put x 3");
      harness.setStateTtlProcessingTime(600);
      process(harness, "a map put y 4", "a list add 5", "a value get", "a list get");
      harness.setStateTtlProcessingTime(1_100);
      process(harness, "a value get", "a list get", "a map get", "a map entry x");
      assertThat(harness.extractOutputValues())
          .containsExactly("a: 1", "a: 2 5", "a: nothing", "a: 5", "a: y 4", "a: nothing");
    }
  }

  @Test
  void statesOfSubtasksDoNotExpire() throws Exception {
    StatesStage stage = new StatesStage();
    stage.state("rules", StateKind.STATE_KIND_BROADCAST, 1_000);
    var harness = Harnesses.plain(stage, 0, 1);
    assertThatThrownBy(harness::open)
        .isInstanceOf(RustJobException.class)
        .hasMessageContaining("cannot open state 'rules'")
        .hasMessageContaining("Flink lets only states of keys expire");
    harness.getOneInputOperator().close();
  }

  @Test
  void statesOfKeysNeedAKey() throws Exception {
    var harness = Harnesses.plain(StatesStage.keyed(0), 0, 1);
    assertThatThrownBy(harness::open)
        .isInstanceOf(RustJobException.class)
        .hasMessageContaining(
            "its stream has no key, and state belongs to keys: call keyBy before");
    harness.getOneInputOperator().close();
  }

  @Test
  void aStateIsAskedForWhatItHas() throws Exception {
    StatesStage stage = new StatesStage();
    stage.state("value", StateKind.STATE_KIND_LIST, 0);
    try (var harness = Harnesses.keyed(stage, "hashmap")) {
      harness.open();
      assertThatThrownBy(() -> process(harness, "a value get"))
          .hasMessage("a stage asked for query number 0 of a list, which has none");
      assertThatThrownBy(() -> process(harness, "a value put x 1"))
          .hasMessage("a stage asked for change number 3 of a list, which has none");
    }
  }
}
