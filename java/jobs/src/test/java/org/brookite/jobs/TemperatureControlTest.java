package org.brookite.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiterStrategy;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.api.java.tuple.Tuple4;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.brookite.RustLibrary;
import org.brookite.examples.TemperatureControlJob;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The example of a stream that another one controls. */
class TemperatureControlTest {
  private static final RustLibrary LIBRARY = RustLibrary.at(Plugins.file("example_pipelines"));

  @RegisterExtension static final MiniClusterExtension CLUSTER = Clusters.small();

  /** In BATCH mode a key's records of both streams come in order of their time. */
  @Test
  void controlsHoldFromWhenTheyCome() throws Exception {
    var env = Clusters.environment(2, RuntimeExecutionMode.BATCH, "hashmap");
    List<Tuple4<String, Double, Double, Double>> desired =
        List.of(
            Tuple4.of("attic", 20.0, 1.0, 2.0),
            Tuple4.of("cellar", 10.0, 1.0, 1.0),
            Tuple4.of("attic", 30.0, 1.0, 2.0));
    // At 10, 10 and 50.
    var controls =
        EventTime.stream(
            env,
            desired,
            TemperatureControlJob.CONTROL,
            control -> control.f1 == 30.0 ? 50L : 10L,
            0);
    List<Tuple2<String, Double>> measured =
        List.of(
            Tuple2.of("attic", 1.0),
            Tuple2.of("attic", 17.0),
            Tuple2.of("cellar", 9.5),
            Tuple2.of("attic", 18.5),
            Tuple2.of("attic", 22.0),
            Tuple2.of("cellar", 5.0),
            Tuple2.of("attic", 23.0));
    // All but the first between the first controls and the last, and that at 60.
    var readings =
        EventTime.stream(
            env,
            measured,
            TemperatureControlJob.READING,
            reading ->
                reading.f1 == 1.0
                    ? 1L
                    : reading.f1 == 23.0 ? 60L : 20L + reading.f1.longValue() / 2,
            0);
    assertThat(Clusters.collect(TemperatureControlJob.commands(LIBRARY, readings, controls)))
        .containsExactlyInAnyOrder(
            Tuple2.of("attic", true),
            Tuple2.of("attic", false),
            Tuple2.of("cellar", true),
            Tuple2.of("attic", true));
  }

  @ParameterizedTest
  @ValueSource(strings = {"hashmap", "rocksdb"})
  void commandsComeOnlyOnChange(String backend) throws Exception {
    var env = Clusters.environment(1, RuntimeExecutionMode.STREAMING, backend);
    var source =
        new DataGeneratorSource<>(
            index -> Tuple2.of("attic", index / 10 % 2 == 0 ? 10.0 : 30.0),
            20_000,
            RateLimiterStrategy.perSecond(20_000),
            TemperatureControlJob.READING);
    var readings = env.fromSource(source, WatermarkStrategy.noWatermarks(), "readings");
    var controls = env.fromData(TemperatureControlJob.CONTROL, Tuple4.of("attic", 20.0, 1.0, 1.0));
    List<Tuple2<String, Boolean>> commands =
        Clusters.collect(TemperatureControlJob.commands(LIBRARY, readings, controls));
    assertThat(commands).isNotEmpty();
    for (int i = 0; i < commands.size(); i++) {
      assertThat(commands.get(i)).as("command %d", i).isEqualTo(Tuple2.of("attic", i % 2 == 0));
    }
  }
}
