package org.brookite.pipeline;

import com.google.protobuf.InvalidProtocolBufferException;
import org.brookite.RustJobException;
import org.brookite.proto.PipelineNode;

/** Knows how nodes of one kind become part of a job. */
interface NodeTranslator {

  /**
   * Adds a node to the job, behind those that it reads from.
   *
   * @throws InvalidProtocolBufferException when the node's message cannot be read
   * @throws RustJobException when there can be no such node; need not name the node
   */
  void add(PipelineNode node, Translation job) throws InvalidProtocolBufferException;
}
