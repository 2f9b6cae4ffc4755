package org.brookite.pipeline;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.apache.flink.api.common.JobExecutionResult;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.brookite.jobs.Plugins;

/** A graph that was run, with what it collected. */
final class TestRun {

  private final JobExecutionResult result;

  private TestRun(JobExecutionResult result) {
    this.result = result;
  }

  /** The job of a graph with the functions of a plugin, which is not opened for it. */
  static PipelineJob job(String plugin, TestGraph graph, String... options) {
    Configuration configuration = new Configuration();
    configuration.setString("restart-strategy.type", "none");
    for (int i = 0; i < options.length; i += 2) {
      configuration.setString(options[i], options[i + 1]);
    }
    return PipelineJob.of(
        graph.build().toByteArray(), PipelineLibrary.file(Plugins.file(plugin)), configuration);
  }

  static StreamExecutionEnvironment environment(PipelineJob job) {
    return job.environment(StreamExecutionEnvironment::getExecutionEnvironment);
  }

  /**
   * Runs a graph on the cluster of the test.
   *
   * @param options pairs of keys and values
   */
  static TestRun of(String plugin, TestGraph graph, String... options) throws Exception {
    return of(job(plugin, graph, options));
  }

  static TestRun of(PipelineJob job) throws Exception {
    return new TestRun(environment(job).execute(job.name()));
  }

  /** What a sink collected. */
  <T> List<T> collected(String name, TypeInformation<T> type) throws IOException {
    String encoded = result.getAccumulatorResult(CollectedRecords.PREFIX + name);
    return decode(encoded, type);
  }

  static <T> List<T> decode(String encoded, TypeInformation<T> type) throws IOException {
    TypeSerializer<T> serializer = type.createSerializer(new SerializerConfigImpl());
    List<T> records = new ArrayList<>();
    byte[] bytes = Base64.getDecoder().decode(encoded);
    DataInputStream input = new DataInputStream(new ByteArrayInputStream(bytes));
    while (input.available() > 0) {
      byte[] record = input.readNBytes(input.readInt());
      records.add(serializer.deserialize(new DataInputDeserializer(record)));
    }
    return records;
  }
}
