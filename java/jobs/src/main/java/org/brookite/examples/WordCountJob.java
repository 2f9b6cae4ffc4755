package org.brookite.examples;

import java.nio.file.Path;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.serialization.SimpleStringEncoder;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.connector.file.sink.FileSink;
import org.apache.flink.connector.file.src.FileSource;
import org.apache.flink.connector.file.src.reader.TextLineInputFormat;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.filesystem.bucketassigners.BasePathBucketAssigner;
import org.apache.flink.util.ParameterTool;
import org.brookite.RustLibrary;

/** Counts the words of a text file: Flink reads and writes, Rust splits and counts. */
public final class WordCountJob {
  private static final TypeInformation<Tuple2<String, Long>> COUNT =
      Types.TUPLE(Types.STRING, Types.LONG);

  private WordCountJob() {}

  /** Takes {@code --library}, {@code --input} and {@code --output}, all of them paths. */
  public static void main(String[] args) throws Exception {
    ParameterTool options = ParameterTool.fromArgs(args);
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
    RustLibrary library = RustLibrary.at(Path.of(options.getRequired("library")));

    DataStream<String> lines = lines(env, options.getRequired("input"));
    write(countWords(library, lines), options.getRequired("output"));
    env.execute("word count");
  }

  /** The words' running counts: a record for each word of each line. */
  static DataStream<Tuple2<String, Long>> countWords(
      RustLibrary library, DataStream<String> lines) {
    DataStream<String> words = library.on(lines).call("split").as(Types.STRING);
    return library.on(words.keyBy(word -> word)).call("count").as(COUNT).uid("count");
  }

  /** The lines of a text file in UTF-8. */
  static DataStream<String> lines(StreamExecutionEnvironment env, String path) {
    var file = new org.apache.flink.core.fs.Path(Path.of(path).toUri());
    var source = FileSource.forRecordStreamFormat(new TextLineInputFormat("UTF-8"), file).build();
    return env.fromSource(source, WatermarkStrategy.noWatermarks(), "lines");
  }

  /** Writes lines of word TAB count into the files of a folder. */
  static void write(DataStream<Tuple2<String, Long>> counts, String path) {
    var folder = new org.apache.flink.core.fs.Path(Path.of(path).toUri());
    var sink =
        FileSink.forRowFormat(folder, new SimpleStringEncoder<String>("UTF-8"))
            .withBucketAssigner(new BasePathBucketAssigner<>())
            .build();
    counts.map(count -> count.f0 + "\t" + count.f1).sinkTo(sink);
  }
}
