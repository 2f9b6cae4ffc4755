package org.brookite;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.serialization.SerializerConfig;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.util.OutputTag;
import org.brookite.edge.Edges;
import org.brookite.operator.StageOutputs;
import org.brookite.proto.DataType;
import org.brookite.proto.SideOutput;
import org.brookite.proto.StageSpec;
import org.brookite.type.FunctionUse;
import org.brookite.type.Signature;

/**
 * A call of Rust functions on a stream, or on two; what is left to say is the type of the results.
 *
 * <p>Give an operator with state a {@code uid} as any operator in Flink.
 */
public final class RustCall {

  private final RustLibrary library;
  private final Streams streams;
  private final Signature signature;
  private final StageSpec.Builder spec;

  /** The types of the side outputs' records, as far as the job has said them. */
  private final Map<String, TypeInformation<?>> sides = new LinkedHashMap<>();

  private boolean added;

  /**
   * Creates the call.
   *
   * @param options what the stage is told beside its functions and its edges
   */
  RustCall(
      RustLibrary library,
      FunctionUse use,
      Streams streams,
      StageSpec options,
      List<String> functions) {
    this.library = library;
    this.streams = streams;
    this.signature = Signature.of(library.toString(), library.manifest(), use, functions);
    this.spec =
        library.stageOptions().toBuilder().mergeFrom(options).addAllFunctions(signature.names());
    streams.check(signature);
    if (!spec.getLateOutput().isEmpty()) {
      declareLate(spec.getLateOutput());
    }
  }

  private void declareLate(String name) {
    if (signature.sideOutputs().containsKey(name)) {
      throw new RustJobException(
          String.format(
              "late records cannot go to side output '%s', since Rust function '%s' emits others to"
                  + " it: give them a name of their own in lateTo",
              name, String.join(" -> ", signature.names())));
    }
    sides.put(name, streams.type());
  }

  /**
   * Bounds what the functions remember of their state, so that they need not ask Flink for it: per
   * subtask, whichever bound is reached first. State that is not remembered is not lost, just
   * slower.
   *
   * <p>Unless this is called, the bound is 64 MiB, room for half a million keys with a number each.
   * It is native memory, which Flink does not count, and taken only as keys come. In windows each
   * key has an entry for each of its windows that is not over yet.
   *
   * @param entries how many values and entries of maps, positive
   * @param bytes how much memory, estimated from their encoded size, positive
   */
  public RustCall stateCache(int entries, long bytes) {
    return stateCacheEntries(entries).stateCacheBytes(bytes);
  }

  /** Bounds the values and entries of maps that are remembered, as {@link #stateCache} does. */
  public RustCall stateCacheEntries(int entries) {
    checkBound(entries, "entries");
    checkNotAdded("stateCache");
    spec.setStateCacheEntries(entries);
    return this;
  }

  /** Bounds the memory of what is remembered, as {@link #stateCache} does. */
  public RustCall stateCacheBytes(long bytes) {
    checkBound(bytes, "bytes");
    checkNotAdded("stateCache");
    spec.setStateCacheBytes(bytes);
    return this;
  }

  private static void checkBound(long bound, String unit) {
    if (bound <= 0) {
      throw new RustJobException(
          String.format(
              "a state cache of %d %s cannot be: expected a positive number; 1 entry is the least that"
                  + " works",
              bound, unit));
    }
  }

  /**
   * Names a side output, to be taken from the results: {@code results.getSideOutput(tag)}.
   *
   * @throws RustJobException when the functions have none of that name
   */
  public RustSideOutput sideOutput(String name) {
    if (!name.equals(spec.getLateOutput())) {
      signature.sideInformation(name);
    }
    return new RustSideOutput(this, name);
  }

  <T> OutputTag<T> tag(String name, TypeInformation<T> type) {
    if (name.equals(spec.getLateOutput())) {
      if (!type.equals(streams.type())) {
        throw new RustJobException(
            String.format(
                "late records of side output '%s' are those of the stream: expected type %s, found"
                    + " %s",
                name, streams.type(), type));
      }
    } else {
      signature.checkSideOutput(name, type);
      TypeInformation<?> before = sides.get(name);
      if (added && !type.equals(before)) {
        throw new RustJobException(
            String.format(
                "side output '%s' was added to the job as %s: call sideOutput(..).as(..) ahead of"
                    + " the call's own as(..)",
                name, before));
      }
      sides.put(name, type);
    }
    return new OutputTag<>(name, type);
  }

  TypeInformation<?> sideType(String name) {
    TypeInformation<?> said = sides.get(name);
    return said != null ? said : signature.sideInformation(name);
  }

  /**
   * Returns the results as a stream of the given type.
   *
   * @throws RustJobException when the functions return another
   */
  public <OUT> SingleOutputStreamOperator<OUT> as(TypeInformation<OUT> type) {
    signature.checkOutput(type);
    return transform(type);
  }

  /** Returns the results as a stream of the type that the functions declare. */
  public SingleOutputStreamOperator<?> stream() {
    return transform(signature.outputInformation());
  }

  private <OUT> SingleOutputStreamOperator<OUT> transform(TypeInformation<OUT> type) {
    checkNotAdded("as or stream");
    SerializerConfig config = streams.config().getSerializerConfig();
    StageOutputs<OUT> outputs = new StageOutputs<>(type.createSerializer(config));
    streams.describe(signature, spec);
    spec.setOutput(Edges.outOfRust(signature.output()));
    for (Map.Entry<String, DataType> side : signature.sideOutputs().entrySet()) {
      sides.computeIfAbsent(side.getKey(), signature::sideInformation);
      addSide(outputs, side.getKey(), side.getValue());
    }
    if (!spec.getLateOutput().isEmpty()) {
      addSide(outputs, spec.getLateOutput(), signature.input());
    }
    added = true;
    String name = String.join(" -> ", signature.names());
    return streams.transform(name, type, library.stages(), spec.build(), outputs);
  }

  private void addSide(StageOutputs<?> outputs, String name, DataType type) {
    spec.addSideOutputs(SideOutput.newBuilder().setName(name).setEdge(Edges.outOfRust(type)));
    addSide(outputs, name, sides.get(name));
  }

  private <T> void addSide(StageOutputs<?> outputs, String name, TypeInformation<T> type) {
    outputs.side(
        new OutputTag<>(name, type), type.createSerializer(streams.config().getSerializerConfig()));
  }

  private void checkNotAdded(String method) {
    if (added) {
      throw new RustJobException(
          String.format(
              "%s came too late: the call of '%s' is part of the job already, and one call makes one"
                  + " operator",
              method, String.join(" -> ", signature.names())));
    }
  }
}
