package org.brookite.operator;

import java.io.IOException;
import org.apache.flink.streaming.api.operators.Output;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;
import org.brookite.edge.OffHeapBuffer;
import org.brookite.edge.OutputEdge;

/** Emits the records that a stage left in the out buffer. */
final class Emitter<OUT> {

  private final Output<StreamRecord<OUT>> output;
  private final OffHeapBuffer out;
  private final OutputEdge<OUT> edge;
  private final Side<?>[] sides;

  /** The one record that is emitted; its timestamp is that of the call. */
  private final StreamRecord<OUT> record = new StreamRecord<>(null);

  Emitter(
      Output<StreamRecord<OUT>> output, OutputEdge<OUT> edge, OffHeapBuffer out, Side<?>[] sides) {
    this.output = output;
    this.edge = edge;
    this.out = out;
    this.sides = sides;
  }

  /** Gives what is emitted from now on the timestamp of the element, if it has one. */
  void setTimestamp(StreamRecord<?> element) {
    if (element.hasTimestamp()) {
      record.setTimestamp(element.getTimestamp());
    } else {
      record.eraseTimestamp();
    }
  }

  /** Gives what is emitted from now on that timestamp. */
  void setTimestamp(long timestamp) {
    record.setTimestamp(timestamp);
  }

  /** Gives what is emitted from now on no timestamp. */
  void eraseTimestamp() {
    record.eraseTimestamp();
  }

  /** Emits a record. */
  void record(int offset, int length) throws IOException {
    output.collect(record.replace(edge.read(out, offset, length)));
  }

  /** Emits a record with a timestamp of its own. */
  void timedRecord(long timestamp, int offset, int length) throws IOException {
    boolean timed = record.hasTimestamp();
    long before = timed ? record.getTimestamp() : 0;
    output.collect(record.replace(edge.read(out, offset, length), timestamp));
    if (timed) {
      record.setTimestamp(before);
    } else {
      record.eraseTimestamp();
    }
  }

  /** Emits a record to a side output. */
  void sideRecord(int side, int offset, int length) throws IOException {
    if (side < 0 || side >= sides.length) {
      throw new IOException(
          String.format(
              "malformed output from Rust: a record for side output %d of %d", side, sides.length));
    }
    sides[side].emit(this, offset, length);
  }

  /** A side output. */
  static final class Side<T> {

    private final OutputTag<T> tag;
    private final OutputEdge<T> edge;
    private final StreamRecord<T> record = new StreamRecord<>(null);

    Side(OutputTag<T> tag, OutputEdge<T> edge) {
      this.tag = tag;
      this.edge = edge;
    }

    private void emit(Emitter<?> emitter, int offset, int length) throws IOException {
      record.replace(edge.read(emitter.out, offset, length));
      if (emitter.record.hasTimestamp()) {
        record.setTimestamp(emitter.record.getTimestamp());
      } else {
        record.eraseTimestamp();
      }
      emitter.output.collect(tag, record);
    }
  }
}
