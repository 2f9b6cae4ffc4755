package org.brookite.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.java.tuple.Tuple3;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.file.src.FileSourceSplit;
import org.apache.flink.connector.file.src.reader.BulkFormat;
import org.apache.flink.connector.file.src.util.CheckpointedPosition;
import org.apache.flink.connector.file.src.util.RecordAndPosition;
import org.brookite.proto.TextRecords;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where records begin and end, as brookite_formats has it: its tests have the same texts. */
class RecordFileFormatTest {
  private static final TextRecords LINES = TextRecords.getDefaultInstance();
  private static final TextRecords QUOTED =
      TextRecords.newBuilder()
          .setDelimiter(',')
          .setQuote('"')
          .setEscape('\\')
          .setComment('#')
          .build();

  private static List<String> records(String text, TextRecords kind) throws IOException {
    List<String> found = new ArrayList<>();
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    try (RecordReader reader = new RecordReader(new ByteArrayInputStream(bytes), kind)) {
      for (byte[] record = reader.next(); record != null; record = reader.next()) {
        found.add(reader.line() + " " + new String(record, StandardCharsets.UTF_8));
      }
    }
    return found;
  }

  @Test
  void linesEndWithOrWithoutAReturn() throws IOException {
    assertThat(records("a\"\r\n\nb\rc", LINES)).containsExactly("1 a\"", "2 ", "3 b\rc");
    assertThat(records("", QUOTED)).isEmpty();
  }

  @Test
  void aLineGoesOnWhileAQuoteIsOpen() throws IOException {
    String text = "1,\"a\r\nb\",2\n3,5\" pipe,\"\"\"\"\n#,\"\n4,\"\\\"\n\"\n5,\"never\nclosed\n";
    assertThat(records(text, QUOTED))
        .containsExactly(
            "1 1,\"a\r\nb\",2",
            "3 3,5\" pipe,\"\"\"\"",
            "4 #,\"",
            "5 4,\"\\\"\n\"",
            "7 5,\"never\nclosed");
  }

  @Test
  void aQuoteThatIsNeverClosedDoesNotTakeAllOfALargeFile() throws IOException {
    String line = "x".repeat(1 << 20) + "\n";
    assertThat(records("\"open\n" + line.repeat(40), QUOTED)).hasSizeGreaterThan(20);
  }

  @Test
  void aReaderGoesOnWhereAnotherOneWas(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("a.txt"), "one\ntwo\n\nfour\n");
    RecordFileFormat format = new RecordFileFormat(LINES);
    try (BulkFormat.Reader<Tuple3<String, Long, byte[]>> all =
        format.createReader(new Configuration(), split(file, null))) {
      BulkFormat.RecordIterator<Tuple3<String, Long, byte[]>> batch = all.readBatch();
      assertThat(batch.next().getRecord().f1).isEqualTo(1);
      RecordAndPosition<Tuple3<String, Long, byte[]>> second = batch.next();
      assertThat(second.getRecord().f0).isEqualTo(file.toString());
      CheckpointedPosition position =
          new CheckpointedPosition(second.getOffset(), second.getRecordSkipCount());
      try (BulkFormat.Reader<Tuple3<String, Long, byte[]>> rest =
          format.restoreReader(new Configuration(), split(file, position))) {
        assertThat(rest.readBatch().next().getRecord().f1).isEqualTo(3);
        assertThat(rest.readBatch()).isNull();
      }
    }
  }

  private static FileSourceSplit split(Path file, CheckpointedPosition position)
      throws IOException {
    long length = Files.size(file);
    return new FileSourceSplit(
        "split",
        new org.apache.flink.core.fs.Path(file.toUri()),
        0,
        length,
        0,
        length,
        new String[0],
        position);
  }
}
