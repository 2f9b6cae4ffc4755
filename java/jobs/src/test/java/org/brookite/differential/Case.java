package org.brookite.differential;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.util.OutputTag;
import org.brookite.RustCall;
import org.brookite.RustInput;
import org.brookite.RustIntervalJoin;
import org.brookite.RustLibrary;

/** A case of tests/cases, which runs in memory there, and inside Flink here. */
final class Case {

  static final TypeInformation<Tuple2<String, Long>> RECORD = Types.TUPLE(Types.STRING, Types.LONG);

  final String name;
  final JsonNode json;

  private Case(String name, JsonNode json) {
    this.name = name;
    this.json = json;
  }

  /** All cases of the folder, in the order of their names. */
  static List<Case> all(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().map(Case::read).collect(Collectors.toList());
    }
  }

  private static Case read(Path file) {
    try {
      String name = file.getFileName().toString().replace(".json", "");
      return new Case(name, new ObjectMapper().readTree(file.toFile()));
    } catch (IOException e) {
      throw new UncheckedIOException(file.toString(), e);
    }
  }

  private static List<String> texts(JsonNode list) {
    List<String> texts = new ArrayList<>();
    list.forEach(text -> texts.add(text.asText()));
    return texts;
  }

  boolean isKeyed() {
    return json.path("keyed").asBoolean(true);
  }

  boolean hasTwoInputs() {
    return json.path("twoInputs").asBoolean();
  }

  /** Whether the clock of the machine has a part in it, which a test cannot have in a cluster. */
  boolean readsClock() {
    return events().anyMatch(event -> event.has("clock"))
        || json.at("/windows/processingTime").asBoolean();
  }

  /** Whether records have timestamps: what has none beside others that do must not show it. */
  boolean hasTimestamps() {
    return events().anyMatch(event -> event.has("at"));
  }

  Stream<JsonNode> events() {
    List<JsonNode> events = new ArrayList<>();
    json.get("events").forEach(events::add);
    return events.stream();
  }

  /** All that is expected of the events, in alphabetic order. */
  List<String> expected() {
    return events()
        .flatMap(event -> expected(event).stream())
        .sorted()
        .collect(Collectors.toList());
  }

  /** What is expected of an event, in alphabetic order. */
  static List<String> expected(JsonNode event) {
    return texts(event.path("expect")).stream().sorted().collect(Collectors.toList());
  }

  /** What is expected in BATCH mode, in alphabetic order. */
  List<String> expectedInBatch() {
    JsonNode other = json.at("/batch/other");
    return other.isMissingNode() ? expected() : expected(other);
  }

  /** Why the case makes no sense in BATCH mode; empty when it does. */
  String notInBatch() {
    return json.at("/batch/not/because").asText();
  }

  static Tuple2<String, Long> record(JsonNode event) {
    return Tuple2.of(event.at("/record/0").asText(), event.at("/record/1").asLong());
  }

  static long watermark(JsonNode event) {
    JsonNode watermark = event.get("watermark");
    return watermark.isTextual() ? Long.MAX_VALUE : watermark.asLong();
  }

  /** The tags of the side outputs. */
  List<OutputTag<?>> sides() {
    List<OutputTag<?>> tags = new ArrayList<>();
    texts(json.path("sides")).forEach(side -> tags.add(new OutputTag<>(side, Types.STRING)));
    if (json.at("/windows/late").isTextual()) {
      tags.add(new OutputTag<>(json.at("/windows/late").asText(), RECORD));
    }
    return tags;
  }

  /** Adds the case's functions to a job, on one stream or on two. */
  SingleOutputStreamOperator<String> on(
      RustLibrary library,
      DataStream<Tuple2<String, Long>> one,
      DataStream<Tuple2<String, Long>> other) {
    DataStream<Tuple2<String, Long>> first = keyed(one);
    DataStream<Tuple2<String, Long>> second = other == null ? null : keyed(other);
    List<String> functions = texts(json.get("functions"));
    String function = functions.get(0);
    String[] next = functions.subList(1, functions.size()).toArray(new String[0]);
    RustCall call = call(library.on(first), second, function, next);
    for (OutputTag<?> side : sides()) {
      call.sideOutput(side.getId()).as(side.getTypeInfo());
    }
    return call.as(Types.STRING);
  }

  private RustCall call(
      RustInput<Tuple2<String, Long>> first,
      DataStream<Tuple2<String, Long>> second,
      String function,
      String[] next) {
    if (json.has("interval")) {
      return between(first.intervalJoin(second)).call(function, next);
    }
    if (json.has("windows")) {
      var windows = CaseWindows.read(json.get("windows"));
      if (second == null) {
        return first.window(windows).call(function, next);
      }
      var join = function.equals("group") ? first.coGroup(second) : first.join(second);
      return join.window(windows).call(function, next);
    }
    return second == null ? first.call(function, next) : first.connect(second).call(function, next);
  }

  private RustIntervalJoin.Between between(RustIntervalJoin join) {
    JsonNode interval = json.get("interval");
    var between =
        join.between(
            Duration.ofMillis(interval.get("lower").asLong()),
            Duration.ofMillis(interval.get("upper").asLong()));
    between = interval.path("lowerExclusive").asBoolean() ? between.lowerBoundExclusive() : between;
    return interval.path("upperExclusive").asBoolean() ? between.upperBoundExclusive() : between;
  }

  private DataStream<Tuple2<String, Long>> keyed(DataStream<Tuple2<String, Long>> stream) {
    return isKeyed() ? stream.keyBy(record -> record.f0, Types.STRING) : stream;
  }

  @Override
  public String toString() {
    return name;
  }
}
