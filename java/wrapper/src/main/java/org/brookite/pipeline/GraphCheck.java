package org.brookite.pipeline;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.brookite.RustJobException;
import org.brookite.proto.NodeInput;
import org.brookite.proto.PipelineGraph;
import org.brookite.proto.PipelineNode;
import org.brookite.proto.PipelineStage;

/** Checks that the nodes and stages of a graph hang together. */
final class GraphCheck {

  private final PipelineGraph graph;
  private final Map<String, PipelineNode> nodes = new LinkedHashMap<>();

  GraphCheck(PipelineGraph graph) {
    this.graph = graph;
  }

  /**
   * Checks the graph.
   *
   * @throws RustJobException when it is not sound; names the node
   */
  void check() {
    if (graph.getNodesCount() == 0) {
      throw new RustJobException(
          String.format(
              "pipeline '%s' has no nodes: nothing is read and nothing is done", graph.getName()));
    }
    for (PipelineNode node : graph.getNodesList()) {
      checkNode(node);
    }
    checkStages();
  }

  private void checkNode(PipelineNode node) {
    if (node.getUid().isEmpty()) {
      throw new RustJobException(
          String.format("node '%s' of the graph has no uid: the graph is damaged", node.getName()));
    }
    NodeKind kind = NodeKind.of(node);
    for (NodeInput input : node.getInputsList()) {
      PipelineNode source = nodes.get(input.getNode());
      if (source == null) {
        throw damaged(
            node,
            "reads from node '%s', which does not stand before it in the graph",
            input.getNode());
      }
      if (!NodeKind.of(source).hasOutput()) {
        throw damaged(node, "reads from node '%s', which is a sink", input.getNode());
      }
    }
    int inputs = node.getInputsCount();
    if (inputs < kind.leastInputs() || inputs > kind.mostInputs()) {
      throw damaged(node, "reads from %d nodes, which a %s cannot", inputs, kind);
    }
    if (nodes.put(node.getUid(), node) != null) {
      throw new RustJobException(
          String.format(
              "two nodes of the graph have the uid '%s': give each of them its own",
              node.getUid()));
    }
  }

  private void checkStages() {
    Set<String> placed = new HashSet<>();
    Set<String> uids = new HashSet<>();
    Map<String, String> stageByNode = new HashMap<>();
    for (PipelineStage stage : graph.getStagesList()) {
      if (stage.getNodesCount() == 0 || stage.getUid().isEmpty() || !uids.add(stage.getUid())) {
        throw new RustJobException(
            String.format(
                "stage '%s' of the graph has no nodes or no uid of its own: the graph is damaged",
                stage.getName()));
      }
      for (int i = 0; i < stage.getNodesCount(); i++) {
        PipelineNode node = nodes.get(stage.getNodes(i));
        if (node == null || !placed.add(stage.getNodes(i))) {
          throw new RustJobException(
              String.format(
                  "stage '%s' has the node '%s', which the graph lacks or another stage has too:"
                      + " the graph is damaged",
                  stage.getName(), stage.getNodes(i)));
        }
        stageByNode.put(node.getUid(), stage.getUid());
        checkPlace(stage, i, node);
        checkOrder(node, placed);
      }
    }
    for (PipelineNode node : nodes.values()) {
      if (!placed.contains(node.getUid())) {
        throw damaged(node, "is in no stage");
      }
      for (NodeInput input : node.getInputsList()) {
        checkReadable(node, input, stageByNode);
      }
    }
  }

  /** A stage of several nodes is a chain of functions. */
  private void checkPlace(PipelineStage stage, int place, PipelineNode node) {
    if (stage.getNodesCount() > 1 && NodeKind.of(node) != NodeKind.FUNCTION) {
      throw damaged(
          node, "is in one stage with others ('%s'), but is no function", stage.getName());
    }
    boolean follows =
        node.getInputsCount() == 1
            && node.getInputs(0).getSideOutput().isEmpty()
            && place > 0
            && node.getInputs(0).getNode().equals(stage.getNodes(place - 1));
    if (place > 0 && !follows) {
      throw damaged(
          node, "does not read from the node before it in its stage '%s'", stage.getName());
    }
  }

  private static void checkOrder(PipelineNode node, Set<String> placed) {
    for (NodeInput input : node.getInputsList()) {
      if (!placed.contains(input.getNode())) {
        throw damaged(node, "is in a stage ahead of that of '%s'", input.getNode());
      }
    }
  }

  /** The results of a function inside a stage go to the next one alone. */
  private void checkReadable(PipelineNode node, NodeInput input, Map<String, String> stageByNode) {
    String stage = stageByNode.get(input.getNode());
    if (!input.getSideOutput().isEmpty() || stage.equals(stageByNode.get(node.getUid()))) {
      return;
    }
    for (PipelineStage each : graph.getStagesList()) {
      List<String> inside = each.getNodesList();
      if (each.getUid().equals(stage) && !inside.get(inside.size() - 1).equals(input.getNode())) {
        throw damaged(
            node,
            "reads the results of '%s', which only the next function of stage '%s' is given",
            input.getNode(),
            each.getName());
      }
    }
  }

  private static RustJobException damaged(PipelineNode node, String format, Object... arguments) {
    return new RustJobException(
        String.format(
            "node '%s' %s: the graph is damaged", node.getUid(), String.format(format, arguments)));
  }
}
