package org.brookite.submission;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiterStrategy;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.util.ParameterTool;
import org.brookite.RustFunctionException;
import org.brookite.proto.Failure;
import org.brookite.proto.FailureKind;
import org.brookite.proto.Subtask;

/**
 * A job that behaves as it is told: ends, does not end, fails in its main, fails in a task.
 *
 * <p>It has no native code: what is tested with it is how a job is submitted and watched.
 */
public final class SubmissionJob {

  private SubmissionJob() {}

  /**
   * Takes {@code --records}, how many, or without it no end of them, {@code --pace}, how many a
   * second, {@code --fail} with one of {@code main}, {@code java} and {@code rust}, or without it
   * does not fail, and {@code --restarts}, how often it may.
   */
  public static void main(String[] args) throws Exception {
    ParameterTool options = ParameterTool.fromArgs(args);
    String failure = options.get("fail", "");
    if (failure.equals("main")) {
      throw new IllegalArgumentException("no pipeline of that name");
    }
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
    Configuration configuration = new Configuration();
    configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
    configuration.set(
        RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS,
        options.getInt("restarts", 0));
    configuration.set(
        RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofMillis(100));
    env.configure(configuration);
    env.enableCheckpointing(200);
    numbers(env, options.getLong("records", Long.MAX_VALUE), options.getLong("pace", 1_000))
        .map(number -> number % 10)
        .returns(Types.LONG)
        .uid("digits")
        .name("digits")
        .keyBy(digit -> digit)
        .process(new CountUntil(options.getLong("fail-at", Long.MAX_VALUE), failure))
        .uid("counts")
        .name("counts")
        .sinkTo(new DiscardingSink<>())
        .uid("nowhere")
        .name("nowhere");
    env.execute(options.get("name", "submission"));
  }

  private static DataStream<Long> numbers(
      StreamExecutionEnvironment env, long records, long perSecond) {
    DataGeneratorSource<Long> source =
        new DataGeneratorSource<>(
            number -> number, records, RateLimiterStrategy.perSecond(perSecond), Types.LONG);
    return env.fromSource(source, WatermarkStrategy.noWatermarks(), "numbers").uid("numbers");
  }

  /** The exception of that kind, wrapped as one that came from deeper down would be. */
  static RuntimeException failure(String kind, long number) {
    if (kind.equals("rust")) {
      return new RustFunctionException(
          Failure.newBuilder()
              .setKind(FailureKind.FAILURE_KIND_PANIC)
              .setFunction("count")
              .setStage("split -> count")
              .setSubtask(Subtask.newBuilder().setIndex(0).setParallelism(2).setAttempt(0))
              .setPhase("process")
              .setMessage("attempt to divide by zero")
              .setLocation("src/lib.rs:12:5")
              .setInput(Long.toString(number))
              .addCauses("the divisor came from the configuration")
              .setBacktrace("   0: word_count::count\n             at src/lib.rs:12:5\n")
              .build());
    }
    return new IllegalStateException(
        "cannot book", new ArithmeticException("account " + number + " is overdrawn"));
  }

  /** Records as a test's sink keeps them: each has its length in front. */
  static byte[] records(long... numbers) {
    ByteBuffer bytes = ByteBuffer.allocate(numbers.length * (Integer.BYTES + Long.BYTES));
    Arrays.stream(numbers).forEach(number -> bytes.putInt(Long.BYTES).putLong(number));
    return bytes.array();
  }
}
