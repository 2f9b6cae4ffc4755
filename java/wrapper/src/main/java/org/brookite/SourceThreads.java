package org.brookite;

import org.apache.flink.api.dag.Transformation;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.operators.ChainingStrategy;
import org.apache.flink.streaming.api.transformations.LegacySourceTransformation;
import org.apache.flink.streaming.api.transformations.OneInputTransformation;
import org.apache.flink.streaming.api.transformations.PartitionTransformation;
import org.apache.flink.streaming.runtime.partitioner.ForwardPartitioner;
import org.brookite.operator.Chains;

/**
 * Keeps Rust out of the threads of sources.
 *
 * <p>A source of Flink's older kind, a {@code SourceFunction}, has a thread of its own, which calls
 * all operators that are chained to it, while the task's thread opens them and fires their timers.
 * A stage of Rust functions belongs to one thread. Such sources still are behind connectors of
 * Flink's own, such as datagen.
 */
final class SourceThreads {

  private SourceThreads() {}

  /** Has an operator begin a chain if it might be chained to such a source, and join one else. */
  static <T> SingleOutputStreamOperator<T> keepOut(SingleOutputStreamOperator<T> operator) {
    return isFed(operator.getTransformation()) ? operator.startNewChain() : Chains.join(operator);
  }

  /** Whether a source's own thread may be what brings records to something, chained as it is. */
  private static boolean isFed(Transformation<?> transformation) {
    return transformation.getInputs().stream().anyMatch(SourceThreads::comesFromSource);
  }

  private static boolean comesFromSource(Transformation<?> input) {
    if (input instanceof LegacySourceTransformation) {
      return true;
    }
    if (input instanceof PartitionTransformation) {
      boolean forward =
          ((PartitionTransformation<?>) input).getPartitioner() instanceof ForwardPartitioner;
      return forward && isFed(input);
    }
    if (input instanceof OneInputTransformation) {
      ChainingStrategy strategy =
          ((OneInputTransformation<?, ?>) input).getOperatorFactory().getChainingStrategy();
      boolean begins = strategy == ChainingStrategy.HEAD || strategy == ChainingStrategy.NEVER;
      return !begins && isFed(input);
    }
    // What has several inputs begins a chain; what is no operator does not change the thread.
    return input.getInputs().size() == 1 && isFed(input);
  }
}
