package org.brookite.jobs;

import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.util.CloseableIterator;

/** Embedded clusters, environments for jobs on them, and their results. */
public final class Clusters {
  private Clusters() {}

  /** One TaskManager in this JVM, with room for two jobs of parallelism 2. */
  public static MiniClusterExtension small() {
    return small(new Configuration());
  }

  public static MiniClusterExtension small(Configuration configuration) {
    return new MiniClusterExtension(
        new MiniClusterResourceConfiguration.Builder()
            .setConfiguration(configuration)
            .setNumberTaskManagers(1)
            .setNumberSlotsPerTaskManager(4)
            .build());
  }

  /** An environment on the running cluster: streaming, no restarts, state on the heap. */
  public static StreamExecutionEnvironment environment(int parallelism) {
    return environment(parallelism, RuntimeExecutionMode.STREAMING, "hashmap");
  }

  public static StreamExecutionEnvironment environment(
      int parallelism, RuntimeExecutionMode mode, String backend) {
    Configuration configuration = new Configuration();
    configuration.set(StateBackendOptions.STATE_BACKEND, backend);
    configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.getExecutionEnvironment(configuration);
    env.setParallelism(parallelism);
    env.setRuntimeMode(mode);
    return env;
  }

  /** Runs the job to its end and returns what the stream carried. */
  @SuppressWarnings("try") // An interrupt while the iterator closes is one while collecting.
  public static <T> List<T> collect(DataStream<T> stream) throws Exception {
    List<T> records = new ArrayList<>();
    try (CloseableIterator<T> iterator = stream.executeAndCollect()) {
      iterator.forEachRemaining(records::add);
    }
    return records;
  }
}
