package org.brookite.differential;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.util.OutputTag;
import org.brookite.RustLibrary;
import org.brookite.jobs.Clusters;
import org.brookite.jobs.Plugins;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The cases that run in memory in tests/cases give the same results inside Flink. */
class CasesTest {
  @RegisterExtension static final MiniClusterExtension CLUSTER = Clusters.small();

  private static final RustLibrary LIBRARY = Plugins.library("case_functions");

  private static List<Case> cases() throws IOException {
    for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      Path folder = at.resolve("tests/cases/cases");
      if (folder.toFile().exists()) {
        return Case.all(folder);
      }
    }
    throw new IllegalStateException("no tests/cases/cases in any folder above this one");
  }

  /** Event by event, in Flink's test harness: both inputs in order, and a clock that can be set. */
  @ParameterizedTest(name = "{0}, started again after each event: {1}")
  @CsvSource({"hashmap, false", "hashmap, true", "rocksdb, false"})
  void eachEventOfACaseGivesWhatItGivesInMemory(String backend, boolean restarts) throws Exception {
    List<String> wrong = new ArrayList<>();
    for (Case one : cases()) {
      var env = Clusters.environment(1, RuntimeExecutionMode.STREAMING, backend);
      DataStream<Tuple2<String, Long>> first =
          env.fromData(List.of(Tuple2.of("", 0L)), Case.RECORD);
      DataStream<Tuple2<String, Long>> second =
          one.hasTwoInputs() ? env.fromData(List.of(Tuple2.of("", 0L)), Case.RECORD) : null;
      var results = one.on(LIBRARY, first, second).getTransformation();
      try (var operator = new TestedOperator<Tuple2<String, Long>>(results, backend, one.sides())) {
        steps(one, operator, restarts, wrong);
      }
    }
    assertThat(wrong).isEmpty();
  }

  private static void steps(
      Case one, TestedOperator<Tuple2<String, Long>> operator, boolean restarts, List<String> wrong)
      throws Exception {
    int number = 0;
    long watermark = Long.MIN_VALUE;
    for (JsonNode event : one.events().collect(Collectors.toList())) {
      if (event.has("record")) {
        Tuple2<String, Long> value = Case.record(event);
        operator.process(
            event.path("input").asInt(),
            event.has("at")
                ? new StreamRecord<>(value, event.get("at").asLong())
                : new StreamRecord<>(value));
      } else if (event.has("clock")) {
        operator.clock(event.get("clock").asLong());
      } else {
        watermark = Case.watermark(event);
        operator.watermark(0, watermark);
        operator.watermark(1, watermark);
      }
      List<String> told = told(operator);
      List<String> expected = Case.expected(event);
      if (!told.equals(expected)) {
        wrong.add(
            String.format(
                "%s, event %d %s:%n  expected %s%n  found    %s",
                one, number, event, expected, told));
      }
      if (restarts) {
        operator.restart(operator.checkpoint(number));
        if (watermark != Long.MIN_VALUE) {
          operator.watermark(0, watermark);
          operator.watermark(1, watermark);
        }
      }
      number++;
    }
  }

  private static List<String> told(TestedOperator<?> operator) {
    List<String> told = new ArrayList<>();
    for (StreamRecord<?> record : operator.take()) {
      told.add(Told.text(record.getValue(), record.hasTimestamp() ? record.getTimestamp() : null));
    }
    for (OutputTag<?> side : operator.sides()) {
      operator.take(side).forEach(record -> told.add(side(side, record.getValue())));
    }
    told.sort(null);
    return told;
  }

  private static String side(OutputTag<?> side, Object value) {
    return side.getId() + ": " + Told.text(value);
  }

  /**
   * All cases in one job. Which of two inputs comes first is left to chance in STREAMING mode, and
   * the clock cannot be set: cases with these are not run there.
   */
  @ParameterizedTest(name = "{0}, {1}")
  @CsvSource({"STREAMING, hashmap", "STREAMING, rocksdb", "BATCH, hashmap", "BATCH, rocksdb"})
  void allEventsOfACaseGiveWhatTheyGiveInMemory(RuntimeExecutionMode mode, String backend)
      throws Exception {
    boolean batch = mode == RuntimeExecutionMode.BATCH;
    StreamExecutionEnvironment env = Clusters.environment(1, mode, backend);
    List<Case> run = new ArrayList<>();
    Told.forget();
    for (Case one : cases()) {
      String reason = batch ? one.notInBatch() : notInCluster(one);
      if (reason.isEmpty()) {
        add(env, one);
        run.add(one);
      } else {
        System.out.printf("not run in %s mode: %s: %s%n", mode, one, reason);
      }
    }
    env.execute();
    System.out.printf("%d cases run in %s mode on %s%n", run.size(), mode, backend);
    List<String> wrong = new ArrayList<>();
    for (Case one : run) {
      List<String> expected = batch ? one.expectedInBatch() : one.expected();
      List<String> found = Told.all(one.name);
      if (!found.equals(expected)) {
        wrong.add(String.format("%s:%n  expected %s%n  found    %s", one, expected, found));
      }
    }
    assertThat(wrong).isEmpty();
  }

  private static String notInCluster(Case one) {
    if (one.hasTwoInputs()) {
      return "two inputs";
    }
    return one.readsClock() ? "the clock has a part in it" : "";
  }

  private static void add(StreamExecutionEnvironment env, Case one) {
    var source = CaseSource.of(env, one);
    var second = one.hasTwoInputs() ? CaseSource.input(source, 1) : null;
    var results = one.on(LIBRARY, CaseSource.input(source, 0), second);
    Told.keep(one.name, results);
    for (OutputTag<?> side : one.sides()) {
      Told.keepSide(one.name, results.getSideOutput(side), side.getId());
    }
  }
}
