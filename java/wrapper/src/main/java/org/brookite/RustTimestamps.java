package org.brookite;

import java.util.List;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.brookite.edge.Edges;
import org.brookite.operator.RustTimestampOperator;
import org.brookite.proto.StageSpec;
import org.brookite.type.FunctionUse;
import org.brookite.type.Signature;

/** A stream whose timestamps a Rust function reads from its records. */
final class RustTimestamps<T> {

  private final RustLibrary library;
  private final DataStream<T> stream;
  private final Signature signature;

  RustTimestamps(RustLibrary library, DataStream<T> stream, String function) {
    this.library = library;
    this.stream = stream;
    this.signature =
        Signature.of(
            library.toString(), library.manifest(), FunctionUse.TIMESTAMPS, List.of(function));
    signature.checkInput(stream.getType());
    signature.checkOutput(Types.LONG);
  }

  /**
   * Adds two operators that run in one chain: one asks Rust, the other is Flink's own and takes the
   * timestamps as they are, so that all of Flink's strategies work as they do with any other
   * assigner.
   */
  SingleOutputStreamOperator<T> watermarks(WatermarkStrategy<T> strategy) {
    StageSpec spec =
        library.stageOptions().toBuilder()
            .addAllFunctions(signature.names())
            .setInput(Edges.intoRust(signature.input()))
            .setOutput(Edges.outOfRust(signature.output()))
            .build();
    RustTimestampOperator<T> operator =
        new RustTimestampOperator<>(library.stages(), spec, Records.whole(stream).input());
    return SourceThreads.keepOut(
            stream.transform(signature.names().get(0), stream.getType(), operator))
        .assignTimestampsAndWatermarks(
            strategy.withTimestampAssigner((record, timestamp) -> timestamp));
  }
}
