package org.brookite.pipeline;

import com.google.protobuf.ByteString;
import java.util.List;
import java.util.function.Function;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.dag.Transformation;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.transformations.WithBoundedness;
import org.brookite.RustFunctionException;
import org.brookite.RustJobException;
import org.brookite.RustLibrary;
import org.brookite.library.OpenLibraries;
import org.brookite.proto.PipelineCall;
import org.brookite.proto.PipelineGraph;
import org.brookite.proto.PipelinePart;

/** A pipeline about to become a job: its graph, the library of its functions, and its options. */
public final class PipelineJob {

  private final PipelineGraph graph;
  private final RustLibrary library;
  private final Configuration configuration;

  private PipelineJob(PipelineGraph graph, RustLibrary library, Configuration configuration) {
    this.graph = graph;
    this.library = library;
    this.configuration = configuration;
  }

  /**
   * Reads a graph.
   *
   * @param encoded the graph
   * @param library where its functions are; need not have a build for this platform
   * @param options options of Flink that are stronger than those in the graph
   * @throws RustJobException when the graph cannot be run by this version, or the library not be
   *     read
   */
  public static PipelineJob of(byte[] encoded, PipelineLibrary library, Configuration options) {
    PipelineGraph graph = PipelineGraphs.decode(encoded);
    RustLibrary functions =
        RustLibrary.unopened(
            library.source(), GraphManifest.of(graph, library.crateName(), library.crateVersion()));
    return of(graph, encoded, functions, options);
  }

  /**
   * Has a library build a pipeline here and now, which needs a build of it for this platform.
   *
   * @param pipeline its name, as the library has it
   * @param arguments what the program that builds it is given
   * @param options options of Flink that are stronger than the pipeline's own
   * @throws RustFunctionException when the library has no such pipeline, or the program fails
   * @throws RustJobException when the library cannot be opened
   */
  public static PipelineJob built(
      PipelineLibrary library, String pipeline, List<String> arguments, Configuration options) {
    PipelineCall call =
        PipelineCall.newBuilder().setPipeline(pipeline).addAllArguments(arguments).build();
    ClassLoader context = Thread.currentThread().getContextClassLoader();
    ClassLoader loader = context != null ? context : PipelineJob.class.getClassLoader();
    return of(OpenLibraries.pipeline(library.source(), loader, call), library, options);
  }

  /** A job of a graph that was checked, whose functions are anywhere. */
  static PipelineJob of(
      PipelineGraph graph, byte[] encoded, RustLibrary library, Configuration options) {
    Configuration configuration = Environments.configuration(graph.getEnvironment(), options);
    if (!graph.hasOrigin()) {
      // No program builds it: its functions are those that are registered by these names.
      return new PipelineJob(graph, library, configuration);
    }
    PipelinePart part =
        PipelinePart.newBuilder()
            .setCall(graph.getOrigin())
            .setGraph(ByteString.copyFrom(encoded))
            .build();
    return new PipelineJob(graph, library.ofPipeline(part), configuration);
  }

  /** The job's name. */
  public String name() {
    return configuration.getOptional(PipelineOptions.NAME).orElse(graph.getName());
  }

  /**
   * Adds the pipeline to an environment, which is then ready to be executed.
   *
   * <p>In AUTOMATIC mode the pipeline itself tells whether its sources end: Flink's Table API must
   * know the mode ahead of that.
   *
   * @param environments makes one with the given options
   * @throws RustJobException when a node cannot be part of a job of Flink, or writes exactly once
   *     in a job without checkpoints; names the node
   */
  public StreamExecutionEnvironment environment(
      Function<Configuration, StreamExecutionEnvironment> environments) {
    boolean automatic =
        configuration.get(ExecutionOptions.RUNTIME_MODE) == RuntimeExecutionMode.AUTOMATIC;
    StreamExecutionEnvironment env =
        translated(
            environments, automatic ? inMode(RuntimeExecutionMode.STREAMING) : configuration);
    boolean bounded =
        env.getTransformations().stream()
            .flatMap(last -> last.getTransitivePredecessors().stream())
            .allMatch(PipelineJob::isBounded);
    if (!bounded && !env.getCheckpointConfig().isCheckpointingEnabled()) {
      ExactlyOnce.requireNone(graph);
    }
    return bounded && automatic
        ? translated(environments, inMode(RuntimeExecutionMode.BATCH))
        : env;
  }

  private Configuration inMode(RuntimeExecutionMode mode) {
    return new Configuration(configuration).set(ExecutionOptions.RUNTIME_MODE, mode);
  }

  private static boolean isBounded(Transformation<?> operator) {
    return !(operator instanceof WithBoundedness)
        || ((WithBoundedness) operator).getBoundedness() == Boundedness.BOUNDED;
  }

  private StreamExecutionEnvironment translated(
      Function<Configuration, StreamExecutionEnvironment> environments,
      Configuration configuration) {
    StreamExecutionEnvironment env = environments.apply(configuration);
    Translator.translate(graph, library, env);
    return env;
  }
}
