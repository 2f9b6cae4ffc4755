package org.brookite.pipeline;

import org.apache.flink.api.dag.Transformation;
import org.apache.flink.streaming.api.operators.ChainingStrategy;
import org.apache.flink.streaming.api.transformations.PhysicalTransformation;
import org.brookite.proto.Chaining;
import org.brookite.proto.PipelineNode;

/** How the operators of a node are run, and what they are called. */
final class Placement {

  private final PipelineNode node;

  private Placement(PipelineNode node) {
    this.node = node;
  }

  static Placement of(PipelineNode node) {
    return new Placement(node);
  }

  /**
   * Gives an operator its name and what its state is found by in savepoints.
   *
   * <p>A node that becomes several operators names the others {@code uid/what}: uids that are made
   * of names have no slash.
   */
  static void identify(Transformation<?> operator, String name, String uid) {
    operator.setName(name);
    operator.setUid(uid);
  }

  /** Gives the node's operator the node's name and uid, and places it. */
  void apply(Transformation<?> operator) {
    identify(operator, node.getName(), node.getUid());
    place(operator);
  }

  /** Runs an operator as the node says. */
  void place(Transformation<?> operator) {
    if (node.hasParallelism()) {
      operator.setParallelism(node.getParallelism());
    }
    placeAtItsParallelism(operator);
    if (node.getChaining() == Chaining.CHAINING_START_NEW) {
      chain(operator, ChainingStrategy.HEAD);
    }
  }

  /** Runs an operator as the node says, behind others of the node and as many times as it runs. */
  void placeAtItsParallelism(Transformation<?> operator) {
    if (node.hasMaxParallelism()) {
      operator.setMaxParallelism(node.getMaxParallelism());
    }
    if (!node.getSlotSharingGroup().isEmpty()) {
      operator.setSlotSharingGroup(node.getSlotSharingGroup());
    }
    if (node.getChaining() == Chaining.CHAINING_NEVER) {
      chain(operator, ChainingStrategy.NEVER);
    }
  }

  /**
   * Runs an operator that looks at each record where it is: as many times as what it reads from,
   * unless the node says otherwise.
   */
  void placeBehind(Transformation<?> input, Transformation<?> operator) {
    operator.setParallelism(input.getParallelism());
    place(operator);
  }

  private static void chain(Transformation<?> operator, ChainingStrategy strategy) {
    if (operator instanceof PhysicalTransformation) {
      ((PhysicalTransformation<?>) operator).setChainingStrategy(strategy);
    }
  }
}
