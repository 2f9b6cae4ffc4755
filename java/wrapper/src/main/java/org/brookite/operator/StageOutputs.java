package org.brookite.operator;

import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.streaming.api.operators.Output;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;
import org.brookite.edge.Edges;
import org.brookite.edge.OffHeapBuffer;
import org.brookite.edge.OutputEdge;
import org.brookite.proto.Edge;
import org.brookite.proto.StageSpec;

/** Where the records go that leave a stage. Travels in the job graph. */
public final class StageOutputs<OUT> implements Serializable {

  private static final long serialVersionUID = 1L;

  private final TypeSerializer<OUT> main;
  private final ArrayList<Side<?>> sides = new ArrayList<>();

  /** Creates the main output, whose records have that serializer. */
  public StageOutputs(TypeSerializer<OUT> main) {
    this.main = main;
  }

  /** Outputs of a stage whose operator does something else with results than emit them. */
  static <OUT> StageOutputs<OUT> none() {
    return new StageOutputs<>(null);
  }

  /** Adds a side output: the next one of the stage's {@link StageSpec}. */
  public <T> StageOutputs<OUT> side(OutputTag<T> tag, TypeSerializer<T> serializer) {
    sides.add(new Side<>(tag, serializer));
    return this;
  }

  Emitter<OUT> open(
      StageSpec spec, Output<StreamRecord<OUT>> output, OffHeapBuffer out, boolean keepable) {
    if (sides.size() != spec.getSideOutputsCount()) {
      throw new IllegalStateException(
          String.format(
              "stage '%s' has %d side outputs, its operator %d",
              spec.getStage(), spec.getSideOutputsCount(), sides.size()));
    }
    Emitter.Side<?>[] opened = new Emitter.Side<?>[sides.size()];
    for (int i = 0; i < opened.length; i++) {
      opened[i] = sides.get(i).open(spec.getSideOutputs(i).getEdge(), keepable);
    }
    OutputEdge<OUT> edge =
        main == null ? StageOutputs::refuse : Edges.output(spec.getOutput(), main, keepable);
    return new Emitter<>(output, edge, out, opened);
  }

  private static <OUT> OUT refuse(OffHeapBuffer from, int offset, int length) throws IOException {
    throw new IOException(
        String.format("malformed output from Rust: a frame of a record of %d bytes", length));
  }

  /** A side output. */
  private static final class Side<T> implements Serializable {

    private static final long serialVersionUID = 1L;

    private final OutputTag<T> tag;
    private final TypeSerializer<T> serializer;

    Side(OutputTag<T> tag, TypeSerializer<T> serializer) {
      this.tag = tag;
      this.serializer = serializer;
    }

    Emitter.Side<T> open(Edge edge, boolean keepable) {
      return new Emitter.Side<>(tag, Edges.output(edge, serializer, keepable));
    }
  }
}
