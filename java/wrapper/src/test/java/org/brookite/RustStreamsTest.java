package org.brookite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.KeyedStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.OutputTag;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.brookite.operator.FakeStages;
import org.brookite.proto.Function;
import org.brookite.proto.Manifest;
import org.brookite.proto.SideOutputType;
import org.brookite.type.TestTypes;
import org.junit.jupiter.api.Test;

/** What is called on which streams, checked while the job is built. */
class RustStreamsTest {

  private static final Duration SECOND = Duration.ofSeconds(1);

  private final StreamExecutionEnvironment env =
      StreamExecutionEnvironment.getExecutionEnvironment();
  private final DataStream<String> words = env.fromData("a", "b");
  private final KeyedStream<String, String> keyed = words.keyBy(word -> word);
  private final DataStream<Long> numbers = env.fromData(1L, 2L);
  private final KeyedStream<Long, String> keyedNumbers =
      numbers.keyBy(Object::toString, Types.STRING);

  private final RustLibrary library =
      new RustLibrary(
          "demo",
          Manifest.newBuilder()
              .addFunctions(function("shout", "map"))
              .addFunctions(function("track", "keyed_process").setKey(TestTypes.STRING))
              .addFunctions(side("check", "process", "refused"))
              .addFunctions(function("count", "aggregate").setOutput(TestTypes.BIGINT))
              .addFunctions(
                  function("label", "process_window")
                      .setKey(TestTypes.STRING)
                      .setInput(TestTypes.BIGINT))
              .addFunctions(two("both", "co_map"))
              .addFunctions(two("share", "keyed_co_process").setKey(TestTypes.STRING))
              .addFunctions(two("rules", "keyed_broadcast_process").setKey(TestTypes.STRING))
              .addFunctions(two("plain_rules", "broadcast_process"))
              .addFunctions(two("pair", "process_join"))
              .addFunctions(two("match", "join"))
              .addFunctions(two("gather", "co_group"))
              .addFunctions(function("when", "timestamps").setOutput(TestTypes.BIGINT))
              .addFunctions(function("fortnight", "window_fn"))
              .build(),
          FakeStages.upperCase());

  private static Function.Builder function(String name, String kind) {
    return Function.newBuilder()
        .setName(name)
        .setKind("brookite:function:" + kind + ":v1")
        .setInput(TestTypes.STRING)
        .setOutput(TestTypes.STRING);
  }

  private static Function.Builder two(String name, String kind) {
    return function(name, kind).setSecondInput(TestTypes.BIGINT);
  }

  private static Function.Builder side(String name, String kind, String side) {
    return function(name, kind)
        .addSideOutputs(
            SideOutputType.newBuilder().setName(side).setType(TestTypes.BIGINT).build());
  }

  private static void assertRefused(ThrowingCallable call, String... messages) {
    assertThatThrownBy(call).isInstanceOf(RustJobException.class).hasMessageContainingAll(messages);
  }

  @Test
  void everyKindOfFunctionHasItsCall() {
    RustInput<String> input = library.on(keyed);
    assertThat(
            List.of(
                library.on(words).call("shout"),
                input.call("track", "shout"),
                input.window(Windows.tumbling(SECOND)).call("count", "label", "shout"),
                input.window(Windows.named("fortnight")).call("count"),
                library.on(words).connect(numbers).call("both", "shout"),
                input.connect(keyedNumbers).call("both"),
                input.connect(keyedNumbers).call("share"),
                input.broadcast(numbers).call("rules"),
                library.on(words).broadcast(numbers).call("plain_rules"),
                input.intervalJoin(keyedNumbers).between(SECOND.negated(), SECOND).call("pair"),
                input.join(keyedNumbers).window(Windows.session(SECOND)).call("match"),
                input.coGroup(keyedNumbers).window(Windows.count(3)).call("gather")))
        .allSatisfy(call -> assertThat(call.stateCache(10, 1_000).stream()).isNotNull());
    assertThat(
            library
                .on(words)
                .assignTimestampsAndWatermarks("when", WatermarkStrategy.forMonotonousTimestamps())
                .getType())
        .isEqualTo(Types.STRING);
  }

  @Test
  void aFunctionThatIsCalledInAnotherWaySaysHow() {
    assertRefused(
        () -> library.on(words).call("count"),
        "Rust function 'count' of demo cannot be called by on(stream).call(..)",
        "write on(keyedStream).window(..).call(..)");
    assertRefused(() -> library.on(words).call("both"), "write on(stream).connect(other).call(..)");
    assertRefused(
        () -> library.on(words).call("when"), "write on(stream).assignTimestampsAndWatermarks(..)");
    assertRefused(
        () -> library.on(words).connect(numbers).call("shout"), "write on(stream).call(..)");
    assertRefused(
        () -> library.on(words).call("shout", "count"),
        "'count' of demo cannot follow 'shout' in one stage",
        "write on(keyedStream).window(..).call(..)");
    assertRefused(
        () -> library.on(keyed).window(Windows.count(1)).call("count", "shout"),
        "expected input STRING, found BIGINT");
    assertRefused(
        () -> library.on(keyed).window(Windows.named("shout")), "write on(stream).call(..)");
    assertRefused(() -> library.on(keyed).window(Windows.named("none")), "no Rust function 'none'");
  }

  @Test
  void streamsAreKeyedAsTheFunctionsExpect() {
    assertRefused(
        () -> library.on(words).window(Windows.count(1)), "windows are those of a key: call keyBy");
    assertRefused(() -> library.on(words).connect(numbers).call("share"), "call keyBy first");
    assertRefused(
        () -> library.on(keyed).connect(numbers),
        "cannot connect a stream that is keyed with one that is not: the second one is not");
    assertRefused(
        () -> library.on(keyed).connect(numbers.keyBy(n -> n)),
        "keys of different types: the first is keyed by String, the second by Long");
    assertRefused(
        () -> library.on(keyed).broadcast(keyedNumbers), "cannot broadcast a keyed stream");
    assertRefused(() -> library.on(words).broadcast(numbers).call("rules"), "call keyBy first");
    assertRefused(() -> library.on(keyed).broadcast(numbers).call("plain_rules"), "before keyBy");
    assertRefused(
        () -> library.on(words).join(numbers), "a join brings records of one key together");
    assertRefused(
        () ->
            library.on(words.keyBy(String::length)).window(Windows.count(1)).call("count", "label"),
        "key type of Rust function 'label'",
        "expected STRING, found INT");
  }

  @Test
  void bothInputsAreOfTheTypesThatTheFunctionTakes() {
    assertRefused(
        () -> library.on(words).connect(words).call("both"),
        "second input type of Rust function 'both'",
        "expected BIGINT, found STRING");
    assertRefused(
        () -> library.on(numbers).connect(numbers).call("both"),
        "input type of Rust function 'both'",
        "expected STRING, found BIGINT");
  }

  @Test
  void intervalsHaveSomethingInThem() {
    var join = library.on(keyed).intervalJoin(keyedNumbers);
    assertRefused(() -> join.between(SECOND, Duration.ZERO), "the lower bound comes first");
    assertRefused(
        () -> join.between(SECOND, SECOND).lowerBoundExclusive().call("pair"),
        "leaves nothing between these");
  }

  @Test
  void sideOutputsAreThoseOfTheFunctions() {
    RustCall call = library.on(words).call("check");
    OutputTag<Long> refused = call.sideOutput("refused").as(Types.LONG);
    assertThat(refused.getId()).isEqualTo("refused");
    assertThat(call.sideOutput("refused").tag().getTypeInfo()).isEqualTo(Types.LONG);
    assertRefused(
        () -> call.sideOutput("late"), "'check' of demo has no side output 'late': it has refused");
    assertRefused(
        () -> call.sideOutput("refused").as(Types.STRING),
        "side output 'refused' type",
        "expected BIGINT, found STRING");
    assertThat(call.as(Types.STRING).getSideOutput(refused).getType()).isEqualTo(Types.LONG);
    assertThat(call.sideOutput("refused").as(Types.LONG)).isEqualTo(refused);
    assertRefused(() -> call.as(Types.STRING), "as or stream came too late");
    assertRefused(() -> call.stateCache(1, 1), "stateCache came too late");
  }

  @Test
  void lateRecordsAreThoseOfTheStream() {
    RustCall call = library.on(keyed).window(Windows.tumbling(SECOND).lateTo("late")).call("count");
    OutputTag<String> late = call.sideOutput("late").as(Types.STRING);
    assertThat(late.getTypeInfo()).isEqualTo(Types.STRING);
    assertThat(call.sideOutput("late").tag()).isEqualTo(late);
    assertRefused(() -> call.sideOutput("late").as(Types.LONG), "expected type String, found Long");
    assertRefused(
        () -> library.on(keyed).join(keyedNumbers).window(Windows.tumbling(SECOND).lateTo("late")),
        "cannot go to one side output");
    assertRefused(
        () -> library.on(keyed).coGroup(keyedNumbers).window(Windows.count(2, 1)),
        "sliding windows of counts cannot be joined");
  }

  @Test
  void functionsMayBeGivenTheSecondFieldsOfPairs() {
    DataStream<Tuple2<Long, String>> pairs =
        env.fromData(Types.TUPLE(Types.LONG, Types.STRING), Tuple2.of(1L, "a"));
    assertThat(library.onSecond(pairs).call("shout").as(Types.STRING).getType())
        .isEqualTo(Types.STRING);
    assertRefused(() -> library.on(pairs).call("shout"), "expected STRING, found");
    KeyedStream<Tuple2<Long, String>, String> keyedPairs = pairs.keyBy(pair -> pair.f1);
    library.onSecond(keyedPairs).call("track").as(Types.STRING);
    RustCall call =
        library.onSecond(keyedPairs).window(Windows.tumbling(SECOND).lateTo("late")).call("count");
    assertThat(call.sideOutput("late").tag().getTypeInfo()).isEqualTo(Types.STRING);
    library.onSecond(keyedPairs).connect(keyedNumbers).call("share").as(Types.STRING);
    assertRefused(
        () ->
            library
                .onSecond(pairs)
                .assignTimestampsAndWatermarks("when", WatermarkStrategy.noWatermarks()),
        "timestamps belong to whole records");
  }

  @Test
  void aCacheHasRoomForSomething() {
    assertRefused(
        () -> library.on(words).call("shout").stateCache(0, 1),
        "cache of 0 entries",
        "expected a positive number");
    assertRefused(() -> library.on(words).call("shout").stateCache(1, -1), "cache of -1 bytes");
  }
}
