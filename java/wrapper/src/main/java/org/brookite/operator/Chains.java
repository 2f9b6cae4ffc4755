package org.brookite.operator;

import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.operators.ChainingStrategy;
import org.apache.flink.streaming.api.transformations.PhysicalTransformation;

/** Chains of operators, which run in one task and hand each other their records by a call. */
public final class Chains {

  private Chains() {}

  /**
   * Chains an operator to what stands before it, where that is possible. Flink 2 does so of itself;
   * Flink 1.20 has an operator begin a chain unless it is told.
   */
  public static <T> SingleOutputStreamOperator<T> join(SingleOutputStreamOperator<T> operator) {
    ((PhysicalTransformation<?>) operator.getTransformation())
        .setChainingStrategy(ChainingStrategy.ALWAYS);
    return operator;
  }
}
