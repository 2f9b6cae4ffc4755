package org.brookite.pipeline;

import com.google.protobuf.InvalidProtocolBufferException;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.connector.file.src.FileSource;
import org.apache.flink.connector.file.src.reader.TextLineInputFormat;
import org.apache.flink.core.fs.Path;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.brookite.proto.PipelineNode;
import org.brookite.proto.TextFilesNode;

/**
 * Emits the lines or the records of text files; which files they are is looked up while the job is
 * built.
 */
final class TextFilesSource implements NodeTranslator {

  @Override
  public void add(PipelineNode node, Translation job) throws InvalidProtocolBufferException {
    TextFilesNode payload = TextFilesNode.parseFrom(node.getPayload());
    Path[] files = FilePattern.expand(payload.getPath());
    if (payload.hasRecords()) {
      RecordFilesSource.add(node, files, payload.getRecords(), job);
      return;
    }
    FileSource<String> source =
        FileSource.forRecordStreamFormat(new TextLineInputFormat(), files).build();
    DataStream<String> lines =
        job.env().fromSource(source, WatermarkStrategy.noWatermarks(), node.getName());
    Placement.of(node).apply(lines.getTransformation());
    job.put(node, NodeOutput.of(lines));
  }
}
