package org.brookite.examples;

import java.nio.file.Path;
import java.util.Locale;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.ParameterTool;
import org.brookite.RustLibrary;

/**
 * {@link WordCountJob} on Flink embedded in this JVM, with gauges behind the source and before the
 * sink. Its last line of output is what they read, as JSON.
 */
public final class WordCountDemo {
  private static final int PARALLELISM = 2;
  private static final long PROGRESS_MILLIS = 1_000;

  private WordCountDemo() {}

  /** Takes the options of {@link WordCountJob}. */
  public static void main(String[] args) throws Exception {
    ParameterTool options = ParameterTool.fromArgs(args);
    StreamExecutionEnvironment env = StreamExecutionEnvironment.createLocalEnvironment(PARALLELISM);
    RustLibrary library = RustLibrary.at(Path.of(options.getRequired("library")));

    DataStream<String> lines = WordCountJob.lines(env, options.getRequired("input"));
    lines = lines.map(new Gauge<>(Gauge.Place.LINES)).returns(lines.getType());
    DataStream<Tuple2<String, Long>> counts = WordCountJob.countWords(library, lines);
    counts = counts.map(new Gauge<>(Gauge.Place.COUNTS)).returns(counts.getType());
    WordCountJob.write(counts, options.getRequired("output"));

    Thread progress = new Thread(WordCountDemo::showProgress, "progress");
    progress.setDaemon(true);
    progress.start();
    env.execute("word count");
    progress.interrupt();
    progress.join();
    System.out.printf(
        Locale.ROOT,
        "{\"lines\":%d,\"seconds\":%.6f}%n",
        Gauge.Place.LINES.records(),
        Gauge.Place.LINES.secondsUntil(Gauge.Place.COUNTS));
  }

  private static void showProgress() {
    try {
      while (true) {
        Thread.sleep(PROGRESS_MILLIS);
        System.out.printf(Locale.ROOT, "%,d lines read%n", Gauge.Place.LINES.records());
      }
    } catch (InterruptedException end) {
      Thread.currentThread().interrupt();
    }
  }
}
