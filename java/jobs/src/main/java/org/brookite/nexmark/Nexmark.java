package org.brookite.nexmark;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.apache.flink.util.ParameterTool;

/**
 * Runs Nexmark's queries as Flink SQL and as pipelines in Rust, and leaves the rows of each in a
 * folder, {@code sql/q0} or {@code rust-4/q0}. Each run prints a line of JSON: what ran, and how
 * long it took.
 */
public final class Nexmark {

  private static final int SLOTS = 4;

  private final ParameterTool options;
  private final Path folder;
  private final EmbeddedCluster cluster;

  private Nexmark(ParameterTool options, EmbeddedCluster cluster) {
    this.options = options;
    this.folder = Path.of(options.getRequired("folder"));
    this.cluster = cluster;
  }

  /**
   * Takes {@code --folder}, where the events are and the results go, {@code --statements}, the
   * folder of the SQL, {@code --library}, which has the pipelines, and {@code --queries}, their
   * names with commas between.
   */
  public static void main(String[] args) throws Exception {
    ParameterTool options = ParameterTool.fromArgs(args);
    List<String> queries = List.of(options.getRequired("queries").split(","));
    try (EmbeddedCluster cluster = new EmbeddedCluster(SLOTS)) {
      Nexmark nexmark = new Nexmark(options, cluster);
      // What is started for the first time takes longer.
      nexmark.sql(queries.get(0), "warm-up/sql");
      nexmark.rust(queries.get(0), "warm-up/rust", 1);
      for (String query : queries) {
        nexmark.sql(query, "sql");
        nexmark.rust(query, "rust-1", 1);
        nexmark.rust(query, "rust-4", SLOTS);
      }
    }
  }

  private void sql(String query, String runner) throws Exception {
    SqlQuery sql = new SqlQuery(query, Path.of(options.getRequired("statements")), folder);
    timed(query, runner, results -> sql.run(cluster, 1, results));
  }

  private void rust(String query, String runner, int parallelism) throws Exception {
    RustQuery rust = new RustQuery(query, Path.of(options.getRequired("library")), folder);
    timed(query, runner, results -> rust.run(cluster, parallelism, results));
  }

  /** Something that writes results into a folder. */
  private interface Run {
    void into(Path results) throws Exception;
  }

  private void timed(String query, String runner, Run run) throws Exception {
    long started = System.nanoTime();
    run.into(folder.resolve(runner).resolve(query));
    System.out.printf(
        Locale.ROOT,
        "{\"query\":\"%s\",\"runner\":\"%s\",\"seconds\":%.6f}%n",
        query,
        runner,
        (System.nanoTime() - started) / 1e9);
  }
}
