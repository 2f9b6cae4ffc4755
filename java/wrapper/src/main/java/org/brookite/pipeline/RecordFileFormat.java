package org.brookite.pipeline;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple3;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.file.src.FileSourceSplit;
import org.apache.flink.connector.file.src.reader.BulkFormat;
import org.apache.flink.connector.file.src.util.CheckpointedPosition;
import org.apache.flink.connector.file.src.util.RecordAndPosition;
import org.apache.flink.core.fs.Path;
import org.brookite.proto.TextRecords;

/**
 * Reads files as records with the file's path and the number of their line. Files are read whole:
 * lines can only be counted from the beginning.
 */
final class RecordFileFormat implements BulkFormat<Tuple3<String, Long, byte[]>, FileSourceSplit> {

  private static final long serialVersionUID = 1L;

  /** Handed over at once, at most. */
  private static final int RECORDS = 1_000;

  private static final int BYTES = 1 << 20;

  private final TextRecords records;

  RecordFileFormat(TextRecords records) {
    this.records = records;
  }

  @Override
  public Reader createReader(Configuration config, FileSourceSplit split) throws IOException {
    return new Reader(split.path(), records);
  }

  @Override
  public Reader restoreReader(Configuration config, FileSourceSplit split) throws IOException {
    Reader reader = new Reader(split.path(), records);
    try {
      long read =
          split.getReaderPosition().map(CheckpointedPosition::getRecordsAfterOffset).orElse(0L);
      reader.skip(read);
    } catch (IOException e) {
      reader.close();
      throw e;
    }
    return reader;
  }

  @Override
  public boolean isSplittable() {
    return false;
  }

  @Override
  public TypeInformation<Tuple3<String, Long, byte[]>> getProducedType() {
    return Types.TUPLE(
        Types.STRING, Types.LONG, PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO);
  }

  /** Reads one file. */
  static final class Reader implements BulkFormat.Reader<Tuple3<String, Long, byte[]>> {

    private final String file;
    private final RecordReader input;
    private long count;

    private Reader(Path path, TextRecords records) throws IOException {
      String scheme = path.toUri().getScheme();
      boolean local = scheme == null || scheme.equals("file");
      this.file = local ? path.getPath() : path.toString();
      this.input = new RecordReader(path.getFileSystem().open(path), records);
    }

    private void skip(long records) throws IOException {
      while (count < records && input.next() != null) {
        count++;
      }
    }

    @Override
    public Batch readBatch() throws IOException {
      Batch batch = new Batch();
      int bytes = 0;
      while (batch.size() < RECORDS && bytes < BYTES) {
        byte[] record = input.next();
        if (record == null) {
          break;
        }
        bytes += record.length;
        count++;
        batch.add(Tuple3.of(file, input.line(), record), count);
      }
      return batch.size() == 0 ? null : batch;
    }

    @Override
    public void close() throws IOException {
      input.close();
    }
  }

  /** Some records of a file. */
  static final class Batch implements BulkFormat.RecordIterator<Tuple3<String, Long, byte[]>> {

    private final Deque<RecordAndPosition<Tuple3<String, Long, byte[]>>> rest = new ArrayDeque<>();

    /** Adds a record; a reader that goes on after it skips so many. */
    private void add(Tuple3<String, Long, byte[]> record, long read) {
      rest.add(new RecordAndPosition<>(record, CheckpointedPosition.NO_OFFSET, read));
    }

    private int size() {
      return rest.size();
    }

    @Override
    public RecordAndPosition<Tuple3<String, Long, byte[]>> next() {
      return rest.poll();
    }

    @Override
    public void releaseBatch() {
      rest.clear();
    }
  }
}
