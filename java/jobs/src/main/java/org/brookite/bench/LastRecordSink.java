package org.brookite.bench;

import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;

/** Forgets every record, and stops the stopwatch behind the last one. */
final class LastRecordSink<T> implements Sink<T> {
  private static final long serialVersionUID = 1;

  @Override
  public SinkWriter<T> createWriter(WriterInitContext context) {
    return new SinkWriter<T>() {
      @Override
      public void write(T record, Context context) {}

      @Override
      public void flush(boolean endOfInput) {
        if (endOfInput) {
          Stopwatch.stop();
        }
      }

      @Override
      public void close() {}
    };
  }
}
