package org.brookite.pipeline;

import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.java.tuple.Tuple3;
import org.apache.flink.connector.file.src.FileSource;
import org.apache.flink.core.fs.Path;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.brookite.proto.PipelineNode;
import org.brookite.proto.TextRecords;

/** Emits the records of text files with their file and line, for functions that parse them. */
final class RecordFilesSource {

  private RecordFilesSource() {}

  static void add(PipelineNode node, Path[] files, TextRecords records, Translation job) {
    FileSource<Tuple3<String, Long, byte[]>> source =
        FileSource.forBulkFileFormat(new RecordFileFormat(records), files).build();
    DataStream<Tuple3<String, Long, byte[]>> located =
        job.env().fromSource(source, WatermarkStrategy.noWatermarks(), node.getName());
    Placement.of(node).apply(located.getTransformation());
    job.put(node, NodeOutput.of(located));
  }
}
