package org.brookite.edge;

import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.table.runtime.typeutils.RowDataSerializer;
import org.brookite.proto.DataType;
import org.brookite.proto.Edge;
import org.brookite.proto.Encoding;
import org.brookite.proto.Primitive;

/** Chooses edges by type. */
public final class Edges {

  private Edges() {}

  /** Describes the edge by which values of a type, records or keys, enter Rust. */
  public static Edge intoRust(DataType type) {
    boolean string = type.hasPrimitive() && type.getPrimitive() == Primitive.PRIMITIVE_STRING;
    return edge(type, string ? Encoding.ENCODING_DIRECT_UTF16 : directIfFramed(type));
  }

  /** Describes the edge by which records of a type leave Rust. */
  public static Edge outOfRust(DataType type) {
    return edge(type, directIfFramed(type));
  }

  /** Leaves framing away where the serializer has one; a frame knows its length already. */
  private static Encoding directIfFramed(DataType type) {
    boolean framed =
        type.hasRow()
            || type.hasPrimitive()
                && (type.getPrimitive() == Primitive.PRIMITIVE_STRING
                    || type.getPrimitive() == Primitive.PRIMITIVE_BYTES);
    return framed ? Encoding.ENCODING_DIRECT : Encoding.ENCODING_SERIALIZER;
  }

  private static Edge edge(DataType type, Encoding encoding) {
    return Edge.newBuilder().setType(type).setEncoding(encoding).build();
  }

  /** Makes the edge that writes records. */
  public static <T> InputEdge<T> input(Edge edge, TypeSerializer<T> serializer) {
    DataType type = edge.getType();
    if (type.hasRow()) {
      return castInput(new RowInputEdge((RowDataSerializer) (TypeSerializer<?>) serializer));
    }
    if (!type.hasPrimitive()) {
      return new SerializerEdge<>(serializer);
    }
    return castInput(
        type.getPrimitive() == Primitive.PRIMITIVE_STRING
            ? new StringInputEdge()
            : scalar(type.getPrimitive()));
  }

  /** Makes the edge that writes keys. */
  public static <K> InputEdge<K> keyInput(Edge edge, TypeSerializer<K> serializer) {
    return edge.getType().hasRow() ? castInput(new RowInputEdge.Key()) : input(edge, serializer);
  }

  /**
   * Makes the edge that reads records.
   *
   * @param keepable whether the values are handed on as they are and may be kept: object reuse
   */
  public static <T> OutputEdge<T> output(
      Edge edge, TypeSerializer<T> serializer, boolean keepable) {
    DataType type = edge.getType();
    if (type.hasRow()) {
      int arity = type.getRow().getFieldsCount();
      return castOutput(keepable ? new RowCopyEdge(arity) : new RowViewEdge(arity));
    }
    if (!type.hasPrimitive()) {
      return new SerializerEdge<>(serializer);
    }
    return castOutput(
        type.getPrimitive() == Primitive.PRIMITIVE_STRING
            ? new StringOutputEdge()
            : scalar(type.getPrimitive()));
  }

  /** Makes the edge that reads the keys which {@link #keyInput} wrote. */
  public static <K> OutputEdge<K> keyOutput(Edge edge, TypeSerializer<K> serializer) {
    return edge.getEncoding() == Encoding.ENCODING_DIRECT_UTF16
        ? castOutput(new StringKeyEdge())
        : output(edge, serializer, true);
  }

  private static TwoWayEdge<?> scalar(Primitive type) {
    switch (type) {
      case PRIMITIVE_BOOLEAN:
        return new BooleanEdge();
      case PRIMITIVE_INT:
        return new IntEdge();
      case PRIMITIVE_BIGINT:
        return new LongEdge();
      case PRIMITIVE_DOUBLE:
        return new DoubleEdge();
      case PRIMITIVE_BYTES:
        return new BytesEdge();
      default:
        throw new IllegalArgumentException("no edge for type " + type);
    }
  }

  /** Sound where the type description says what T is; the job was checked when it was built. */
  @SuppressWarnings("unchecked")
  private static <T> InputEdge<T> castInput(InputEdge<?> edge) {
    return (InputEdge<T>) edge;
  }

  @SuppressWarnings("unchecked")
  private static <T> OutputEdge<T> castOutput(OutputEdge<?> edge) {
    return (OutputEdge<T>) edge;
  }
}
