package org.brookite.pipeline;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.flink.api.dag.Transformation;
import org.brookite.proto.PipelineNode;

/**
 * The operators that Flink's planner made of a table.
 *
 * <p>It names them by what they do and by numbers that depend on the rest of the job, and gives
 * them no uids, without which a connector would not find its state again. So the source or the sink
 * gets the name and the uid of the node, and the others around it are counted from there.
 */
final class TableOperators {

  private final List<Transformation<?>> fromConnector;

  private TableOperators(List<Transformation<?>> fromConnector) {
    this.fromConnector = fromConnector;
  }

  /** Those that make a stream of a source. */
  static TableOperators ofSource(Transformation<?> stream) {
    List<Transformation<?>> operators = upwards(stream, Set.of());
    Collections.reverse(operators);
    return new TableOperators(operators);
  }

  /** Those that take a stream to a sink. */
  static TableOperators ofSink(Transformation<?> sink, Transformation<?> stream) {
    return new TableOperators(upwards(sink, Set.copyOf(stream.getTransitivePredecessors())));
  }

  /** The last one first. */
  private static List<Transformation<?>> upwards(
      Transformation<?> last, Set<Transformation<?>> end) {
    Set<Transformation<?>> found = new LinkedHashSet<>();
    List<Transformation<?>> level = List.of(last);
    while (!level.isEmpty()) {
      List<Transformation<?>> next = new ArrayList<>();
      for (Transformation<?> operator : level) {
        if (!end.contains(operator)) {
          // Behind all that it is read by.
          found.remove(operator);
          found.add(operator);
          next.addAll(operator.getInputs());
        }
      }
      level = next;
    }
    return new ArrayList<>(found);
  }

  /** Names and places them. */
  void apply(PipelineNode node) {
    for (int i = 0; i < fromConnector.size(); i++) {
      Transformation<?> operator = fromConnector.get(i);
      if (i == 0) {
        Placement.identify(operator, node.getName(), node.getUid());
      } else {
        Placement.identify(
            operator, node.getName() + ": " + what(operator.getName()), node.getUid() + "/" + i);
      }
      Placement.of(node).placeAtItsParallelism(operator);
    }
  }

  /** Has them run so many times. */
  void setParallelism(int parallelism) {
    fromConnector.forEach(operator -> operator.setParallelism(parallelism));
  }

  /** The planner's name without its number and without all that it could say. */
  private static String what(String name) {
    int end = 0;
    while (end < name.length() && Character.isLetterOrDigit(name.charAt(end))) {
      end++;
    }
    return end == 0 ? name : name.substring(0, end);
  }
}
