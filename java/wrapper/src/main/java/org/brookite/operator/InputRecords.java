package org.brookite.operator;

import java.io.Serializable;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.java.tuple.Tuple2;
import org.brookite.edge.Edges;
import org.brookite.edge.InputEdge;
import org.brookite.proto.Edge;

/** What a stage is given of an input's records. Travels in the job graph. */
public final class InputRecords<IN> implements Serializable {

  private static final long serialVersionUID = 1L;

  private final TypeSerializer<?> serializer;
  private final boolean second;

  private InputRecords(TypeSerializer<?> serializer, boolean second) {
    this.serializer = serializer;
    this.second = second;
  }

  /** Records as they are. */
  public static <IN> InputRecords<IN> whole(TypeSerializer<IN> serializer) {
    return new InputRecords<>(serializer, false);
  }

  /**
   * The second fields of pairs, of which the first is the key that Rust computed, and is handed to
   * Rust as such.
   *
   * @param serializer that of the second field
   */
  public static <A, T> InputRecords<Tuple2<A, T>> second(TypeSerializer<T> serializer) {
    return new InputRecords<>(serializer, true);
  }

  /** Makes the edge by which they enter Rust. */
  @SuppressWarnings("unchecked") // IN is Tuple2 where there is a second field, see above.
  InputEdge<IN> open(Edge edge) {
    return second
        ? (InputEdge<IN>)
            Edges.<Object, Object>secondInput(edge, (TypeSerializer<Object>) serializer)
        : Edges.input(edge, (TypeSerializer<IN>) serializer);
  }
}
