package org.brookite.jobs;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.api.java.tuple.Tuple3;

/** Keeps the highest number of each kind and owner; for numbers that only grow. */
final class LastEntries implements Sink<Tuple3<String, Long, Long>> {
  private static final long serialVersionUID = 1;

  /** Kind, owner and number. */
  static final TypeInformation<Tuple3<String, Long, Long>> ENTRY =
      Types.TUPLE(Types.STRING, Types.LONG, Types.LONG);

  /** The numbers by kind and owner, with a space between them. */
  static final Map<String, Long> ENTRIES = new ConcurrentHashMap<>();

  @Override
  public SinkWriter<Tuple3<String, Long, Long>> createWriter(WriterInitContext context) {
    return new SinkWriter<>() {
      @Override
      public void write(Tuple3<String, Long, Long> entry, Context context) {
        ENTRIES.merge(entry.f0 + " " + entry.f1, entry.f2, Math::max);
      }

      @Override
      public void flush(boolean endOfInput) {}

      @Override
      public void close() {}
    };
  }
}
