package org.brookite.nexmark;

import java.net.URI;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** One TaskManager in this JVM, for one job after the other. */
final class EmbeddedCluster implements AutoCloseable {

  private final MiniCluster cluster;
  private final URI rest;

  EmbeddedCluster(int slots) throws Exception {
    Configuration configuration = new Configuration();
    configuration.set(RestOptions.BIND_PORT, "0");
    cluster =
        new MiniCluster(
            new MiniClusterConfiguration.Builder()
                .setConfiguration(configuration)
                .setNumTaskManagers(1)
                .setNumSlotsPerTaskManager(slots)
                .build());
    cluster.start();
    rest = cluster.getRestAddress().get();
  }

  /** What runs jobs here, with options of their own. */
  StreamExecutionEnvironment environment(Configuration options) {
    return StreamExecutionEnvironment.createRemoteEnvironment(
        rest.getHost(), rest.getPort(), options);
  }

  @Override
  public void close() throws Exception {
    cluster.close();
  }
}
