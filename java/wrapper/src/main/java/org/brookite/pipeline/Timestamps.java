package org.brookite.pipeline;

import com.google.protobuf.InvalidProtocolBufferException;
import java.time.Duration;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.dag.Transformation;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.brookite.proto.PipelineNode;
import org.brookite.proto.TimestampsNode;

/** Gives records their timestamps, and tells the watermarks. */
final class Timestamps implements NodeTranslator {

  @Override
  public void add(PipelineNode node, Translation job) throws InvalidProtocolBufferException {
    TimestampsNode timestamps = TimestampsNode.parseFrom(node.getPayload());
    job.put(node, NodeOutput.of(assign(node, job, timestamps, job.records(node, 0))));
  }

  private static <T> DataStream<T> assign(
      PipelineNode node, Translation job, TimestampsNode timestamps, DataStream<T> records) {
    WatermarkStrategy<T> strategy =
        WatermarkStrategy.forBoundedOutOfOrderness(
            Duration.ofMillis(timestamps.getOutOfOrdernessMs()));
    if (timestamps.hasIdlenessMs()) {
      strategy = strategy.withIdleness(Duration.ofMillis(timestamps.getIdlenessMs()));
    }
    DataStream<T> timed =
        job.library()
            .on(records)
            .assignTimestampsAndWatermarks(timestamps.getAssigner().getName(), strategy);
    Transformation<?> watermarks = timed.getTransformation();
    Transformation<?> assigner = watermarks.getInputs().get(0);
    Placement placement = Placement.of(node);
    Placement.identify(assigner, node.getName(), node.getUid());
    placement.placeBehind(records.getTransformation(), assigner);
    Placement.identify(watermarks, node.getName() + ": watermarks", node.getUid() + "/watermarks");
    watermarks.setParallelism(assigner.getParallelism());
    placement.placeAtItsParallelism(watermarks);
    return timed;
  }
}
