package org.brookite.jobs;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiterStrategy;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** A job that counts visits of users without end, in one of the versions that the library has. */
final class Visits {

  static final String UID = "visits";
  static final List<String> USERS = List.of("ann", "bob", "cid");

  /** What the job told since it was started last. */
  static final List<String> TOLD = new CopyOnWriteArrayList<>();

  private Visits() {}

  /**
   * Starts a version of the job from a savepoint, null for none.
   *
   * @param version the function that counts
   */
  static JobClient start(String version, String backend, String savepoint) throws Exception {
    TOLD.clear();
    StreamExecutionEnvironment env =
        Clusters.environment(2, RuntimeExecutionMode.STREAMING, backend);
    if (savepoint != null) {
      Configuration restore = new Configuration();
      restore.set(StateRecoveryOptions.SAVEPOINT_PATH, savepoint);
      env.configure(restore);
    }
    var source =
        new DataGeneratorSource<>(
            index -> Tuple2.of(USERS.get((int) (index % 3)), "page " + index % 4),
            Long.MAX_VALUE,
            RateLimiterStrategy.perSecond(2_000),
            Types.TUPLE(Types.STRING, Types.STRING));
    DataStream<Tuple2<String, String>> visits =
        env.fromSource(source, WatermarkStrategy.noWatermarks(), "visits").uid("source");
    Plugins.FLINK_FUNCTIONS
        .on(visits.keyBy(visit -> visit.f0))
        .call(version)
        .as(Types.STRING)
        .uid(UID)
        .sinkTo(new Told());
    return env.executeAsync("visits");
  }

  /** Waits until all users have visited so often since the start, or the job has failed. */
  static void await(JobClient job, int visits) throws Exception {
    for (String user : USERS) {
      while (TOLD.stream().filter(told -> told.startsWith(user)).count() < visits) {
        if (job.getJobStatus().get().isGloballyTerminalState()) {
          throw new AssertionError(
              "the job has ended", job.getJobExecutionResult().handle((r, e) -> e).get());
        }
        Thread.sleep(10);
      }
    }
  }

  /** Stops the job, and returns where its savepoint is. */
  static String stop(JobClient job, Path folder, SavepointFormatType format) throws Exception {
    return job.stopWithSavepoint(false, folder.toUri().toString(), format).get();
  }

  /** Runs a version of the job until all users have visited so often, and stops it. */
  static String run(
      String version, String backend, String savepoint, Path folder, SavepointFormatType format)
      throws Exception {
    JobClient job = start(version, backend, savepoint);
    await(job, 10);
    return stop(job, folder, format);
  }

  /** The highest count that was told of each user. */
  static Map<String, Long> counts() {
    return TOLD.stream()
        .map(told -> told.split(" "))
        .collect(Collectors.toMap(told -> told[0], told -> Long.valueOf(told[1]), Math::max));
  }

  /** What was told first of a user since the start. */
  static String first(String user) {
    return TOLD.stream().filter(told -> told.startsWith(user)).findFirst().orElseThrow();
  }

  private static final class Told implements Sink<String> {
    private static final long serialVersionUID = 1;

    @Override
    public SinkWriter<String> createWriter(WriterInitContext context) {
      return new SinkWriter<>() {
        @Override
        public void write(String told, Context context) {
          TOLD.add(told);
        }

        @Override
        public void flush(boolean endOfInput) {}

        @Override
        public void close() {}
      };
    }
  }
}
