package org.brookite.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.brookite.RustLibrary;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Several jobs of one cluster use the same library, also from class loaders of their own. */
class SharedLibraryTest {
  @RegisterExtension static final MiniClusterExtension CLUSTER = Clusters.small();

  @Test
  void oneAfterTheOther() throws Exception {
    List<String> lines = Words.lines();
    for (int job = 0; job < 3; job++) {
      StreamExecutionEnvironment env = Clusters.environment(1);
      var counts = Clusters.collect(Words.job(Plugins.WORD_COUNT, env.fromData(lines)));
      assertThat(Words.last(counts)).isEqualTo(Words.count(lines));
    }
  }

  /** With jars of its own a job gets a child-first class loader, as on a session cluster. */
  @ParameterizedTest(name = "jars of their own: {0}")
  @ValueSource(booleans = {false, true})
  void atOnce(boolean ownJars) throws Exception {
    Meeting.reset(2);
    List<JobClient> jobs = new ArrayList<>();
    for (int job = 0; job < 2; job++) {
      StreamExecutionEnvironment env = Clusters.environment(1);
      if (ownJars) {
        Configuration configuration = new Configuration();
        configuration.set(PipelineOptions.JARS, List.of(wrapperJar().toUri().toString()));
        env.configure(configuration);
      }
      DataStream<String> met =
          env.fromData(Words.lines()).map(new Meeting(job)).returns(Types.STRING);
      Words.job(Plugins.WORD_COUNT, met).sinkTo(new DiscardingSink<>());
      jobs.add(env.executeAsync("word count " + job));
    }
    for (JobClient job : jobs) {
      job.getJobExecutionResult().get();
    }
    assertThat(Meeting.WRAPPERS).hasSize(2);
    Set<Integer> different = new HashSet<>(Meeting.WRAPPERS.values());
    assertThat(different).as("copies of the wrapper's classes").hasSize(ownJars ? 2 : 1);
  }

  private static Path wrapperJar() throws IOException, URISyntaxException {
    var source = RustLibrary.class.getProtectionDomain().getCodeSource();
    Path jar = Path.of(source.getLocation().toURI());
    assertThat(jar).as("the tests run what users get").isRegularFile();
    return jar;
  }

  /** Holds the first record back until all jobs are running. */
  private static final class Meeting implements MapFunction<String, String> {
    private static final long serialVersionUID = 1;

    /** Which class each job knows as the wrapper's, by identity. */
    static final Map<Integer, Integer> WRAPPERS = new ConcurrentHashMap<>();

    private static int expected;

    private final int job;

    Meeting(int job) {
      this.job = job;
    }

    static void reset(int jobs) {
      WRAPPERS.clear();
      expected = jobs;
    }

    @Override
    public String map(String line) throws Exception {
      ClassLoader loader = Thread.currentThread().getContextClassLoader();
      Class<?> wrapper = Class.forName(RustLibrary.class.getName(), false, loader);
      WRAPPERS.put(job, System.identityHashCode(wrapper));
      while (WRAPPERS.size() < expected) {
        Thread.sleep(1);
      }
      return line;
    }
  }
}
