package org.brookite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.jobgraph.JobVertex;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.CloseableIterator;
import org.brookite.operator.FakeStages;
import org.brookite.operator.RustStageFactory;
import org.brookite.proto.Function;
import org.brookite.proto.Manifest;
import org.brookite.type.TestTypes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Builds jobs, and runs them on embedded Flink with stages written in Java. */
class RustCallTest {

  private final StreamExecutionEnvironment env =
      StreamExecutionEnvironment.getExecutionEnvironment();

  private static RustLibrary library(RustStageFactory stages) {
    Function shout =
        Function.newBuilder()
            .setName("shout")
            .setInput(TestTypes.STRING)
            .setOutput(TestTypes.STRING)
            .build();
    Function count = shout.toBuilder().setName("count").setKey(TestTypes.STRING).build();
    Manifest manifest = Manifest.newBuilder().addFunctions(count).addFunctions(shout).build();
    return new RustLibrary("demo 0.1.0 (libdemo.so)", manifest, stages);
  }

  private static <T> List<T> collect(DataStream<T> stream) throws Exception {
    List<T> results = new ArrayList<>();
    try (CloseableIterator<T> iterator = stream.executeAndCollect()) {
      iterator.forEachRemaining(results::add);
    }
    return results;
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void callsAFunctionOnAStream(boolean objectReuse) throws Exception {
    env.setParallelism(1);
    if (objectReuse) {
      env.getConfig().enableObjectReuse();
    }
    DataStream<String> lines = env.fromData("xx", "y", "xyz");
    DataStream<String> loud =
        library(FakeStages.upperCase()).on(lines).call("shout").as(Types.STRING);
    assertThat(collect(loud)).containsExactly("XX", "XX", "XYZ", "the end");
  }

  @ParameterizedTest
  @EnumSource(names = {"STREAMING", "BATCH"})
  void callsAKeyedFunctionInEitherMode(RuntimeExecutionMode mode) throws Exception {
    env.setRuntimeMode(mode);
    env.setParallelism(2);
    DataStream<String> words = env.fromData("a", "b", "a", "c", "b", "a");
    DataStream<String> counts =
        library(FakeStages.counting(2))
            .on(words.keyBy(word -> word))
            .call("count")
            .as(Types.STRING)
            .name("count per word")
            .uid("count");
    assertThat(collect(counts)).containsExactlyInAnyOrder("a=1", "a=2", "a=3", "b=1", "b=2", "c=1");
  }

  @Test
  void chainsLikeAnyOperator() {
    env.setParallelism(1);
    RustLibrary library = library(FakeStages.upperCase());
    SingleOutputStreamOperator<?> twice =
        library
            .on(library.on(env.fromData("x")).call("shout", "shout").as(Types.STRING))
            .call("shout")
            .stream();
    assertThat(twice.getType()).isEqualTo(Types.STRING);
    assertThat(twice.getName()).isEqualTo("shout");
    twice.print();
    Iterable<JobVertex> vertices = env.getStreamGraph().getJobGraph().getVertices();
    assertThat(vertices).hasSize(1);
    assertThat(vertices.iterator().next().getName()).contains("shout -> shout");
  }

  @Test
  void checksTheJobWhileItIsBuilt() {
    RustLibrary library = library(FakeStages.upperCase());
    DataStream<String> lines = env.fromData("x");
    assertThatThrownBy(() -> library.on(lines).call("whisper"))
        .isInstanceOf(RustJobException.class)
        .hasMessage("no Rust function 'whisper' in demo 0.1.0 (libdemo.so): it has count, shout");
    assertThatThrownBy(() -> library.on(env.fromData(1L)).call("shout"))
        .hasMessageContaining("expected STRING, found BIGINT");
    assertThatThrownBy(() -> library.on(lines).call("shout").as(Types.LONG))
        .hasMessageContaining("expected STRING, found BIGINT");
    assertThatThrownBy(() -> library.on(lines).call("count"))
        .hasMessageContaining("call keyBy first");
    assertThatThrownBy(() -> library.on(lines.keyBy(line -> line)).call("shout"))
        .hasMessageContaining("hand it over before keyBy");
    assertThatThrownBy(() -> library.on(lines.keyBy(String::length)).call("count"))
        .hasMessageContaining("key type")
        .hasMessageContaining("expected STRING, found INT");
  }
}
