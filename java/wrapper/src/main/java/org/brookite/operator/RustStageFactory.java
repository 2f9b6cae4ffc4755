package org.brookite.operator;

import java.io.Serializable;
import org.brookite.bridge.StageHost;
import org.brookite.proto.StageSpec;

/** Opens the stage of an operator on a TaskManager. Travels in the job graph. */
public interface RustStageFactory extends Serializable {

  /**
   * Builds and opens a stage. When it fails, nothing of the stage is left to close.
   *
   * @param spec what to run
   * @param host takes the stage's upcalls
   * @param buffers the memory that the stage shares with its operator
   * @param userCode the job's class loader
   */
  RustStage open(StageSpec spec, StageHost host, StageBuffers buffers, ClassLoader userCode);
}
