package org.brookite.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.CloseableIterator;
import org.brookite.RustLibrary;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the bench compares does the same in both languages. */
class WorkloadTest {
  private static final int RECORDS = 2_000;

  static List<String> workloads() {
    return List.copyOf(Bench.WORKLOADS.keySet());
  }

  @ParameterizedTest
  @MethodSource("workloads")
  void javaAndRustAgree(String name) throws Exception {
    Workload<?> workload = Bench.WORKLOADS.get(name).get();
    List<String> java = results(workload, Variant.JAVA);
    assertThat(java).isNotEmpty();
    // Windows of one end fire in no particular order.
    assertThat(results(workload, Variant.RUST)).containsExactlyInAnyOrderElementsOf(java);
  }

  @SuppressWarnings("try") // An interrupt while the iterator closes is one while collecting.
  private static <T> List<String> results(Workload<T> workload, Variant variant) throws Exception {
    StreamExecutionEnvironment env = StreamExecutionEnvironment.createLocalEnvironment(1);
    T[] samples = workload.samples();
    assertThat(samples.length).isGreaterThanOrEqualTo(1_024);
    var source = new DataGeneratorSource<>(new Samples<>(samples, 0), RECORDS, workload.type());
    DataStream<T> records = env.fromSource(source, WatermarkStrategy.noWatermarks(), "samples");
    String folder = System.getProperty("brookite.plugins");
    Path plugin = Path.of(folder, System.mapLibraryName(workload.plugin()));
    DataStream<?> stream = variant.apply(workload, records, RustLibrary.at(plugin));
    List<String> results = new ArrayList<>();
    try (CloseableIterator<?> iterator = stream.executeAndCollect()) {
      iterator.forEachRemaining(result -> results.add(describe(result)));
    }
    return results;
  }

  private static String describe(Object result) {
    return result instanceof byte[] ? Arrays.toString((byte[]) result) : result.toString();
  }
}
