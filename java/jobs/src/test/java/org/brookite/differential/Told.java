package org.brookite.differential;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;

/** What the operators of a job told, with timestamps: for each of them, how often it told what. */
final class Told {

  private static final Map<String, Queue<String>> ALL = new ConcurrentHashMap<>();

  private Told() {}

  static void forget() {
    ALL.clear();
  }

  /** Keeps the records of a stream under that name, with their timestamps. */
  static <T> void keep(String name, DataStream<T> records) {
    records.process(new Describe<T>("", true)).returns(Types.STRING).sinkTo(new Keep(name));
  }

  /** Keeps the records of a side output under that name, without timestamps. */
  static <T> void keepSide(String name, DataStream<T> records, String side) {
    records
        .process(new Describe<T>(side + ": ", false))
        .returns(Types.STRING)
        .sinkTo(new Keep(name));
  }

  /** A record and its timestamp, which may be null, as text. */
  static String text(Object record, Long timestamp) {
    // Sources give records without timestamp the least one.
    if (timestamp == null || timestamp == Long.MIN_VALUE) {
      return text(record);
    }
    return text(record) + " @" + (timestamp == Long.MAX_VALUE ? "max" : timestamp);
  }

  /** A record as text. */
  static String text(Object record) {
    if (record instanceof Tuple2) {
      Tuple2<?, ?> pair = (Tuple2<?, ?>) record;
      return pair.f0 + " " + pair.f1;
    }
    return record.toString();
  }

  /** Each record, and how often it was told. */
  static Map<String, Integer> under(String name) {
    Map<String, Integer> records = new TreeMap<>();
    for (String record : ALL.getOrDefault(name, new ConcurrentLinkedQueue<>())) {
      records.merge(record, 1, Integer::sum);
    }
    return records;
  }

  /** All records in alphabetic order. */
  static List<String> all(String name) {
    List<String> records = new ArrayList<>(ALL.getOrDefault(name, new ConcurrentLinkedQueue<>()));
    records.sort(null);
    return records;
  }

  private static final class Describe<T> extends ProcessFunction<T, String> {
    private static final long serialVersionUID = 1;

    private final String prefix;
    private final boolean timestamps;

    Describe(String prefix, boolean timestamps) {
      this.prefix = prefix;
      this.timestamps = timestamps;
    }

    @Override
    public void processElement(T record, Context context, Collector<String> out) {
      out.collect(prefix + text(record, timestamps ? context.timestamp() : null));
    }
  }

  private static final class Keep implements Sink<String> {
    private static final long serialVersionUID = 1;

    private final String name;

    Keep(String name) {
      this.name = name;
    }

    @Override
    public SinkWriter<String> createWriter(WriterInitContext context) {
      Queue<String> records = ALL.computeIfAbsent(name, none -> new ConcurrentLinkedQueue<>());
      return new SinkWriter<>() {
        @Override
        public void write(String record, Context context) {
          records.add(record);
        }

        @Override
        public void flush(boolean endOfInput) {}

        @Override
        public void close() {}
      };
    }
  }
}
