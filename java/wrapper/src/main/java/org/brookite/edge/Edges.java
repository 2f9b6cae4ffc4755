package org.brookite.edge;

import java.util.List;
import java.util.function.Supplier;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.table.runtime.typeutils.RowDataSerializer;
import org.brookite.proto.DataType;
import org.brookite.proto.Edge;
import org.brookite.proto.Encoding;
import org.brookite.proto.Primitive;

/**
 * Chooses edges by type.
 *
 * <p>Hot types have a direct edge: no framing that the frame's own length makes needless, and no
 * walk through a text's characters. These are BOOLEAN, INT, BIGINT, DOUBLE, STRING and BYTES, rows,
 * and tuples of all but rows and tuples. The rest goes through its Flink serializer.
 */
public final class Edges {

  private Edges() {}

  /** Describes the edge by which values of a type, records or keys, enter Rust. */
  public static Edge intoRust(DataType type) {
    boolean text =
        type.hasTuple() || type.hasPrimitive() && type.getPrimitive() == Primitive.PRIMITIVE_STRING;
    return edge(type, text ? Encoding.ENCODING_DIRECT_UTF16 : Encoding.ENCODING_DIRECT);
  }

  /** Describes the edge by which records of a type leave Rust. */
  public static Edge outOfRust(DataType type) {
    return edge(type, Encoding.ENCODING_DIRECT);
  }

  private static Edge edge(DataType type, Encoding direct) {
    Encoding encoding = isDirect(type) ? direct : Encoding.ENCODING_SERIALIZER;
    return Edge.newBuilder().setType(type).setEncoding(encoding).build();
  }

  private static boolean isDirect(DataType type) {
    return type.hasTuple()
        ? type.getTuple().getFieldsList().stream().allMatch(Edges::isDirectPrimitive)
        : type.hasRow() || isDirectPrimitive(type);
  }

  private static boolean isDirectPrimitive(DataType type) {
    switch (type.getPrimitive()) {
      case PRIMITIVE_STRING:
        return true;
      case PRIMITIVE_BOOLEAN:
      case PRIMITIVE_INT:
      case PRIMITIVE_BIGINT:
      case PRIMITIVE_DOUBLE:
      case PRIMITIVE_BYTES:
        // Behind a NullableSerializer otherwise.
        return !type.getNullable();
      default:
        return false;
    }
  }

  /** Makes the edge that writes records. */
  public static <T> InputEdge<T> input(Edge edge, TypeSerializer<T> serializer) {
    return edge.getType().hasRow()
        ? castInput(new RowInputEdge((RowDataSerializer) (TypeSerializer<?>) serializer))
        : rowlessInput(edge, serializer);
  }

  /** Makes the edge that writes the second fields of pairs. */
  public static <A, T> InputEdge<Tuple2<A, T>> secondInput(
      Edge edge, TypeSerializer<T> serializer) {
    InputEdge<T> field = input(edge, serializer);
    return (pair, to, offset) -> field.write(pair.f1, to, offset);
  }

  /** Makes the edge that writes keys. */
  public static <K> InputEdge<K> keyInput(Edge edge, TypeSerializer<K> serializer) {
    return edge.getType().hasRow()
        ? castInput(new RowInputEdge.Key())
        : rowlessInput(edge, serializer);
  }

  private static <T> InputEdge<T> rowlessInput(Edge edge, TypeSerializer<T> serializer) {
    if (edge.getEncoding() == Encoding.ENCODING_SERIALIZER) {
      return new SerializerEdge<>(serializer);
    }
    if (!edge.getType().hasTuple()) {
      return castInput(primitiveInput(edge.getType()));
    }
    List<DataType> types = edge.getType().getTuple().getFieldsList();
    @SuppressWarnings({"unchecked", "rawtypes"}) // There are no arrays of a generic type.
    InputEdge<Object>[] fields =
        types.stream().map(Edges::primitiveInput).toArray(InputEdge[]::new);
    return castInput(new TupleInputEdge<>(fields));
  }

  private static InputEdge<?> primitiveInput(DataType type) {
    return isString(type) ? new StringInputEdge() : scalar(type.getPrimitive());
  }

  /**
   * Makes the edge that reads records.
   *
   * @param keepable whether the values are handed on as they are and may be kept: object reuse
   */
  public static <T> OutputEdge<T> output(
      Edge edge, TypeSerializer<T> serializer, boolean keepable) {
    return output(edge, serializer, keepable, StringOutputEdge::new);
  }

  /** Makes the edge that reads the keys which {@link #keyInput} wrote. */
  public static <K> OutputEdge<K> keyOutput(Edge edge, TypeSerializer<K> serializer) {
    return output(edge, serializer, true, StringKeyEdge::new);
  }

  private static <T> OutputEdge<T> output(
      Edge edge,
      TypeSerializer<T> serializer,
      boolean keepable,
      Supplier<OutputEdge<String>> string) {
    DataType type = edge.getType();
    if (type.hasRow()) {
      int arity = type.getRow().getFieldsCount();
      return castOutput(keepable ? new RowCopyEdge(arity) : new RowViewEdge(arity));
    }
    if (edge.getEncoding() == Encoding.ENCODING_SERIALIZER) {
      return new SerializerEdge<>(serializer);
    }
    if (!type.hasTuple()) {
      return castOutput(primitiveOutput(type, string));
    }
    List<DataType> types = type.getTuple().getFieldsList();
    OutputEdge<?>[] fields =
        types.stream().map(field -> primitiveOutput(field, string)).toArray(OutputEdge[]::new);
    return castOutput(new TupleOutputEdge<>(fields));
  }

  private static OutputEdge<?> primitiveOutput(DataType type, Supplier<OutputEdge<String>> string) {
    return isString(type) ? string.get() : scalar(type.getPrimitive());
  }

  private static boolean isString(DataType type) {
    return type.hasPrimitive() && type.getPrimitive() == Primitive.PRIMITIVE_STRING;
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
