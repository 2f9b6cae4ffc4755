package org.brookite;

import org.apache.flink.api.common.ExecutionConfig;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.brookite.operator.RustStageFactory;
import org.brookite.operator.StageOutputs;
import org.brookite.proto.StageSpec;
import org.brookite.type.Signature;

/** The streams that functions are called on: one or two, with keys or without. */
interface Streams {

  /**
   * Checks that the functions take these streams.
   *
   * @throws RustJobException when they do not
   */
  void check(Signature signature);

  /** Describes the streams to Rust. */
  void describe(Signature signature, StageSpec.Builder spec);

  /** Returns the type of the first stream's records. */
  TypeInformation<?> type();

  /** Returns what serializers are made with. */
  ExecutionConfig config();

  /** Adds an operator that runs a stage on the streams. */
  <OUT> SingleOutputStreamOperator<OUT> transform(
      String name,
      TypeInformation<OUT> type,
      RustStageFactory stages,
      StageSpec spec,
      StageOutputs<OUT> outputs);
}
