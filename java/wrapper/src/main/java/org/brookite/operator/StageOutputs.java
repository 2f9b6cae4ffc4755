package org.brookite.operator;

import java.io.Serializable;
import java.util.ArrayList;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.streaming.api.operators.Output;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;
import org.brookite.edge.OffHeapBuffer;
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
    return new Emitter<>(spec, output, main, out, keepable, opened);
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
      return new Emitter.Side<>(tag, edge, serializer, keepable);
    }
  }
}
