package org.brookite.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A job that is cancelled lets go of its stages, and the next one runs. */
class CancelTest {
  @RegisterExtension static final MiniClusterExtension CLUSTER = Clusters.small();

  private static final Duration LONG_ENOUGH = Duration.ofSeconds(30);

  @Test
  void aCancelledJobEnds() throws Exception {
    StreamExecutionEnvironment env = Clusters.environment(2);
    Plugins.FLINK_FUNCTIONS
        .on(env.fromSequence(1, Long.MAX_VALUE))
        .call("echo_long")
        .as(Types.LONG)
        .sinkTo(new DiscardingSink<>());
    JobClient job = env.executeAsync("endless");
    await(job, JobStatus.RUNNING);
    job.cancel().get();
    await(job, JobStatus.CANCELED);

    var numbers = Clusters.environment(1).fromSequence(1, 3);
    var echoed = Plugins.FLINK_FUNCTIONS.on(numbers).call("echo_long").as(Types.LONG);
    assertThat(Clusters.collect(echoed)).containsExactly(1L, 2L, 3L);
  }

  private static void await(JobClient job, JobStatus status) throws Exception {
    long deadline = System.nanoTime() + LONG_ENOUGH.toNanos();
    while (job.getJobStatus().get() != status) {
      assertThat(System.nanoTime()).as("deadline for %s", status).isLessThan(deadline);
      Thread.sleep(10);
    }
  }
}
