package org.brookite.pipeline;

import java.net.URI;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.apache.flink.api.common.JobID;
import org.apache.flink.client.deployment.executors.LocalExecutor;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.DeploymentOptions;
import org.apache.flink.configuration.MetricOptions;
import org.apache.flink.core.execution.PipelineExecutor;
import org.apache.flink.core.execution.PipelineExecutorFactory;
import org.apache.flink.core.execution.PipelineExecutorServiceLoader;
import org.apache.flink.runtime.executiongraph.AccessExecutionJobVertex;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * A Flink in this JVM for one job, as {@code createLocalEnvironment} makes it, but one that can be
 * asked: while the job runs over REST, and once it is over for what it did.
 */
final class EmbeddedFlink implements PipelineExecutorServiceLoader, PipelineExecutorFactory {

  /**
   * How often the figures that REST tells are looked at, in milliseconds; ten seconds are long for
   * a short job. As text, which all versions of Flink read: the option's type is not always the
   * same.
   */
  private static final String UPDATES = "1000";

  /** How long whoever has asked something may take to fetch the answer. */
  private static final long LAST_ANSWERS_S = 10;

  private final CompletableFuture<Void> released = new CompletableFuture<>();
  private volatile MiniCluster cluster;

  /** An environment whose job runs here. */
  StreamExecutionEnvironment environment(Configuration options) {
    Configuration configuration = new Configuration(options);
    configuration.set(DeploymentOptions.TARGET, LocalExecutor.NAME);
    configuration.set(DeploymentOptions.ATTACHED, true);
    if (!configuration.contains(CoreOptions.DEFAULT_PARALLELISM)) {
      int cores = Runtime.getRuntime().availableProcessors();
      configuration.set(CoreOptions.DEFAULT_PARALLELISM, cores);
    }
    if (!configuration.contains(MetricOptions.METRIC_FETCHER_UPDATE_INTERVAL)) {
      configuration.setString(MetricOptions.METRIC_FETCHER_UPDATE_INTERVAL.key(), UPDATES);
    }
    return new StreamExecutionEnvironment(this, configuration, null);
  }

  /** Where REST is answered, once there is a job. */
  URI address() throws Exception {
    return cluster.getRestAddress().get();
  }

  /** What Flink knows of a job's operators; the job may be over. */
  Iterable<? extends AccessExecutionJobVertex> vertices(JobID job) throws Exception {
    return cluster.getExecutionGraph(job).get().getVerticesTopologically();
  }

  /**
   * Lets the cluster go, which stays for questions when its job is over, and waits until it is
   * gone: who has asked over REST for a savepoint that ends the job is still to hear where that is,
   * and Flink waits for that.
   */
  void release() {
    released.complete(null);
    if (cluster == null) {
      return;
    }
    try {
      cluster.closeAsync().get(LAST_ANSWERS_S, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      // The process ends now in any case, and has told how its job did.
    }
  }

  @Override
  public PipelineExecutorFactory getExecutorFactory(Configuration configuration) {
    return this;
  }

  @Override
  public Stream<String> getExecutorNames() {
    return Stream.of(getName());
  }

  @Override
  public String getName() {
    return LocalExecutor.NAME;
  }

  @Override
  public boolean isCompatibleWith(Configuration configuration) {
    return true;
  }

  @Override
  public PipelineExecutor getExecutor(Configuration configuration) {
    return LocalExecutor.createWithFactory(
        configuration,
        settings -> {
          cluster = new Lingering(settings);
          return cluster;
        });
  }

  /** Does not end with its job. */
  private final class Lingering extends MiniCluster {

    Lingering(MiniClusterConfiguration settings) {
      super(settings);
    }

    @Override
    public CompletableFuture<Void> closeAsync() {
      return released.thenCompose(ignored -> super.closeAsync());
    }
  }
}
