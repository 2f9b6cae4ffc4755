package org.brookite.operator;

import org.brookite.edge.InputEdge;
import org.brookite.proto.Edge;

/** An input of an operator that is open. */
final class StageInput<IN> {

  static final int FIRST = 0;
  static final int SECOND = 1;

  final int index;
  final InputEdge<IN> edge;

  /** Whether a record that is its own key would look the same as that. */
  final boolean looksLikeKey;

  StageInput(int index, Edge edge, InputRecords<IN> records, boolean looksLikeKey) {
    this.index = index;
    this.edge = records.open(edge);
    this.looksLikeKey = looksLikeKey;
  }
}
