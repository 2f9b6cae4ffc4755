package org.brookite.bench;

import java.util.Locale;
import java.util.SplittableRandom;
import org.apache.flink.api.common.functions.FlatMapFunction;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.brookite.RustLibrary;

/** The whole word count, with its shuffle; a record is a line of ten words. */
final class WordCount implements Workload<String> {
  private static final TypeInformation<Tuple2<String, Long>> COUNT =
      Types.TUPLE(Types.STRING, Types.LONG);
  private static final int VOCABULARY = 20_000;
  private static final int WORDS_PER_LINE = 10;

  @Override
  public String plugin() {
    return "word_count";
  }

  @Override
  public long records() {
    return 500_000;
  }

  @Override
  public TypeInformation<String> type() {
    return Types.STRING;
  }

  @Override
  public String[] samples() {
    SplittableRandom random = new SplittableRandom(5);
    String[] vocabulary = new String[VOCABULARY];
    for (int i = 0; i < VOCABULARY; i++) {
      vocabulary[i] = Text.word(random);
    }
    String[] lines = new String[1 << 13];
    for (int i = 0; i < lines.length; i++) {
      StringBuilder line = new StringBuilder();
      for (int word = 0; word < WORDS_PER_LINE; word++) {
        // Few words are common and most are rare, as in a language.
        int rank = (int) (VOCABULARY * Math.pow(random.nextDouble(), 4));
        line.append(word == 0 ? "" : " ").append(vocabulary[rank]);
      }
      lines[i] = line.append('.').toString();
    }
    return lines;
  }

  @Override
  public DataStream<?> java(DataStream<String> records) {
    return records
        .flatMap(new Split())
        .returns(Types.STRING)
        .keyBy(word -> word)
        .process(new Count())
        .returns(COUNT);
  }

  @Override
  public DataStream<?> rust(DataStream<String> records, RustLibrary library) {
    DataStream<String> words = library.on(records).call("split").as(Types.STRING);
    return library.on(words.keyBy(word -> word)).call("count").as(COUNT);
  }

  private static final class Split implements FlatMapFunction<String, String> {
    private static final long serialVersionUID = 1;

    @Override
    public void flatMap(String line, Collector<String> out) {
      int start = -1;
      for (int at = 0, next; at < line.length(); at = next) {
        int character = line.codePointAt(at);
        next = at + Character.charCount(character);
        if (Character.isLetterOrDigit(character)) {
          start = start < 0 ? at : start;
        } else if (start >= 0) {
          out.collect(line.substring(start, at).toLowerCase(Locale.ROOT));
          start = -1;
        }
      }
      if (start >= 0) {
        out.collect(line.substring(start).toLowerCase(Locale.ROOT));
      }
    }
  }

  private static final class Count
      extends KeyedProcessFunction<String, String, Tuple2<String, Long>> {
    private static final long serialVersionUID = 1;

    private transient ValueState<Long> count;

    @Override
    public void open(OpenContext context) {
      count = getRuntimeContext().getState(new ValueStateDescriptor<>("count", Types.LONG));
    }

    @Override
    public void processElement(String word, Context context, Collector<Tuple2<String, Long>> out)
        throws Exception {
      Long before = count.value();
      long now = before == null ? 1 : before + 1;
      count.update(now);
      out.collect(Tuple2.of(word, now));
    }
  }
}
