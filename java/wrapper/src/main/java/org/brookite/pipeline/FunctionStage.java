package org.brookite.pipeline;

import com.google.protobuf.InvalidProtocolBufferException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.flink.api.dag.Transformation;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.brookite.RustCall;
import org.brookite.RustInput;
import org.brookite.RustIntervalJoin;
import org.brookite.RustJobException;
import org.brookite.RustSideOutput;
import org.brookite.Windows;
import org.brookite.proto.Function;
import org.brookite.proto.FunctionNode;
import org.brookite.proto.IntervalBounds;
import org.brookite.proto.PipelineNode;
import org.brookite.proto.PipelineStage;
import org.brookite.proto.SideOutputType;
import org.brookite.type.FunctionUse;

/** Functions that run as one operator: the first is given the streams, each other one's results. */
final class FunctionStage {

  private final Translation job;
  private final PipelineStage stage;
  private final List<PipelineNode> nodes;
  private final List<FunctionNode> functions = new ArrayList<>();

  private FunctionStage(Translation job, PipelineStage stage, List<PipelineNode> nodes)
      throws InvalidProtocolBufferException {
    this.job = job;
    this.stage = stage;
    this.nodes = nodes;
    for (PipelineNode node : nodes) {
      functions.add(FunctionNode.parseFrom(node.getPayload()));
    }
  }

  /** Adds a stage to the job. */
  static void add(Translation job, PipelineStage stage, List<PipelineNode> nodes)
      throws InvalidProtocolBufferException {
    new FunctionStage(job, stage, nodes).add();
  }

  private void add() {
    FunctionNode first = functions.get(0);
    RustCall call = call();
    if (first.getStateCacheEntries() > 0) {
      call.stateCacheEntries(first.getStateCacheEntries());
    }
    if (first.getStateCacheBytes() > 0) {
      call.stateCacheBytes(first.getStateCacheBytes());
    }
    SingleOutputStreamOperator<?> results = call.stream();
    Transformation<?> operator = results.getTransformation();
    Placement.of(nodes.get(0)).place(operator);
    Placement.identify(operator, stage.getName(), stage.getUid());
    for (int i = 0; i < nodes.size(); i++) {
      FunctionNode function = functions.get(i);
      job.put(nodes.get(i), NodeOutput.of(results, name -> side(call, function, name)));
    }
  }

  private RustCall call() {
    FunctionNode first = functions.get(0);
    Function function = first.getFunction();
    FunctionUse use = FunctionUse.of(function);
    String name = function.getName();
    String[] next =
        functions.stream().skip(1).map(each -> each.getFunction().getName()).toArray(String[]::new);
    RustInput<?> in = input(0);
    switch (use) {
      case STREAM:
        return in.call(name, next);
      case WINDOWS:
        return in.window(windows()).call(name, next);
      case CONNECTED:
        return in.connect(input(1)).call(name, next);
      case BROADCAST:
        return in.broadcast(into(second().unkeyed())).call(name, next);
      case INTERVAL_JOIN:
        return between(in.intervalJoin(input(1))).call(name, next);
      case JOIN:
        return in.join(input(1)).window(windows()).call(name, next);
      case CO_GROUP:
        return in.coGroup(input(1)).window(windows()).call(name, next);
      default:
        throw new RustJobException(
            String.format(
                "function '%s' is of kind %s, which no node of functions can be",
                name, function.getKind()));
    }
  }

  /** Functions that make nothing of a key are called on keyed streams as on any other. */
  private RustInput<?> input(int index) {
    NodeOutput input = index == 0 ? job.input(nodes.get(0), 0) : second();
    boolean keyed = FunctionUse.takesKey(functions.get(0).getFunction());
    return into(keyed ? input : input.unkeyed());
  }

  private RustInput<?> into(NodeOutput input) {
    return input.into(job.library());
  }

  private NodeOutput second() {
    if (nodes.get(0).getInputsCount() < 2) {
      throw new RustJobException("it reads from one node, and its function is one of two inputs");
    }
    return job.input(nodes.get(0), 1);
  }

  private Windows windows() {
    FunctionNode first = functions.get(0);
    if (!first.hasWindowing()) {
      throw new RustJobException(
          "its function is one of windows, and the graph does not say of which");
    }
    return Windows.of(first.getWindowing(), first.getWindowsKeepLast(), first.getLateOutput());
  }

  private RustIntervalJoin.Between between(RustIntervalJoin join) {
    FunctionNode first = functions.get(0);
    if (!first.hasInterval()) {
      throw new RustJobException(
          "its function is one of an interval join, and the graph does not say of which interval");
    }
    IntervalBounds bounds = first.getInterval();
    RustIntervalJoin.Between between =
        join.between(
            Duration.ofMillis(bounds.getLowerMs()), Duration.ofMillis(bounds.getUpperMs()));
    between = bounds.getLowerExclusive() ? between.lowerBoundExclusive() : between;
    return bounds.getUpperExclusive() ? between.upperBoundExclusive() : between;
  }

  /** A side output of one of the functions: what the stage emits by that name is its alone. */
  private RustSideOutput side(RustCall call, FunctionNode function, String name) {
    long emitting = functions.stream().filter(each -> emits(each, name)).count();
    if (!emits(function, name)) {
      throw new RustJobException(
          String.format(
              "function '%s' has no side output '%s': it has %s",
              function.getFunction().getName(),
              name,
              function.getFunction().getSideOutputsList().stream()
                  .map(SideOutputType::getName)
                  .collect(Collectors.joining(", ", "[", "]"))));
    }
    if (emitting > 1) {
      throw new RustJobException(
          String.format(
              "side output '%s' of function '%s' cannot be told from that of another function of"
                  + " stage '%s': begin a new chain between them",
              name, function.getFunction().getName(), stage.getName()));
    }
    return call.sideOutput(name);
  }

  private static boolean emits(FunctionNode function, String name) {
    return name.equals(function.getLateOutput())
        || function.getFunction().getSideOutputsList().stream()
            .anyMatch(side -> side.getName().equals(name));
  }
}
