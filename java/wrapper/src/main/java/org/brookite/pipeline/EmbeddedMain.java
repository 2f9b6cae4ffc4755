package org.brookite.pipeline;

import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import org.apache.flink.api.common.JobExecutionResult;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.runtime.client.JobCancellationException;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.ExceptionUtils;

/**
 * Runs a pipeline in a Flink of its own, in this JVM, and tells on standard output how it goes: see
 * {@link JobEvents}.
 *
 * <p>Ends with status 0 when the job finished, 1 when it failed, 2 when there can be no such job,
 * and 3 when it was cancelled.
 */
public final class EmbeddedMain {

  private static final int FAILED = 1;
  private static final int REFUSED = 2;
  private static final int CANCELED = 3;

  private EmbeddedMain() {}

  /**
   * Runs the job.
   *
   * @param arguments {@code -Dkey=value} for options of Flink; {@code --graph} and {@code
   *     --library}, files in place of those in the jar; {@code --attached} to cancel the job when
   *     standard input ends
   */
  public static void main(String[] arguments) throws IOException {
    JobEvents events = JobEvents.onStandardOutput();
    EmbeddedFlink flink = new EmbeddedFlink();
    int status = run(arguments, flink, events);
    flink.release();
    System.exit(status);
  }

  private static int run(String[] arguments, EmbeddedFlink flink, JobEvents events) {
    JobClient client;
    try {
      JobArguments parsed = JobArguments.parse(arguments, true);
      PipelineJob job = parsed.job();
      StreamExecutionEnvironment env = job.environment(flink::environment);
      client = env.executeAsync(job.name());
      events.running(client.getJobID(), job.name(), flink.address());
      if (parsed.isAttached()) {
        cancelAtEndOfInput(client);
      }
    } catch (Exception | LinkageError e) {
      events.refused(e);
      return REFUSED;
    }
    return await(client, flink, events);
  }

  private static int await(JobClient client, EmbeddedFlink flink, JobEvents events) {
    try {
      JobExecutionResult result = client.getJobExecutionResult().get();
      Map<String, String> collected = new TreeMap<>();
      result
          .getAllAccumulatorResults()
          .forEach(
              (name, value) -> {
                if (name.startsWith(CollectedRecords.PREFIX)) {
                  collected.put(
                      name.substring(CollectedRecords.PREFIX.length()), String.valueOf(value));
                }
              });
      JobID job = client.getJobID();
      events.finished(job, result.getNetRuntime(), collected, flink.vertices(job));
      return 0;
    } catch (InterruptedException e) {
      client.cancel();
      events.ended(client.getJobID(), JobStatus.CANCELED);
      return CANCELED;
    } catch (CancellationException e) {
      events.ended(client.getJobID(), JobStatus.CANCELED);
      return CANCELED;
    } catch (ExecutionException e) {
      if (ExceptionUtils.findThrowable(e, JobCancellationException.class).isPresent()) {
        events.ended(client.getJobID(), JobStatus.CANCELED);
        return CANCELED;
      }
      events.failed(client.getJobID(), e.getCause());
      return FAILED;
    } catch (Exception e) {
      events.failed(client.getJobID(), e);
      return FAILED;
    }
  }

  private static void cancelAtEndOfInput(JobClient client) {
    Thread watcher =
        new Thread(
            () -> {
              try {
                while (System.in.read() >= 0) {
                  // What is written does not matter: that someone is there does.
                }
              } catch (IOException e) {
                // As good as its end.
              }
              client.cancel();
            },
            "end of input");
    watcher.setDaemon(true);
    watcher.start();
  }
}
