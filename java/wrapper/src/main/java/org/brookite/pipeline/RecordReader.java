package org.brookite.pipeline;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.brookite.proto.TextRecords;

/**
 * The records of a text: its lines, and lines that belong together because there is an open quote
 * between them. Lines end with {@code \n} or {@code \r\n}.
 */
final class RecordReader implements Closeable {

  private static final int BUFFER = 1 << 16;

  /**
   * A quote that is not closed within so many bytes is taken for one that never is: the rest of a
   * large file would be one record otherwise.
   */
  private static final int LONGEST = 16 << 20;

  private final InputStream input;
  private final Quotes quotes;
  private final int comment;
  private final byte[] read = new byte[BUFFER];
  private int position;
  private int limit;
  private final Buffer record = new Buffer();
  private long lines;
  private long first;

  RecordReader(InputStream input, TextRecords records) {
    this.input = input;
    this.quotes = records.hasQuote() ? new Quotes(records) : null;
    this.comment = records.hasComment() ? records.getComment() : -1;
  }

  /** Returns the next record without the end of its line; null when there is none. */
  byte[] next() throws IOException {
    record.reset();
    if (!readLine()) {
      return null;
    }
    first = lines;
    if (quotes != null && record.first() != comment) {
      quotes.reset();
      int seen = 0;
      do {
        seen = record.see(quotes, seen);
      } while (quotes.isOpen() && seen <= LONGEST && readLine());
    }
    return record.withoutLineEnd();
  }

  /** The number of the line in which that record begins, from 1. */
  long line() {
    return first;
  }

  /** Appends the next line, its end included. */
  private boolean readLine() throws IOException {
    boolean any = false;
    while (position < limit || fill()) {
      any = true;
      int end = position;
      while (end < limit && read[end] != '\n') {
        end++;
      }
      boolean ended = end < limit;
      int next = ended ? end + 1 : end;
      record.write(read, position, next - position);
      position = next;
      if (ended) {
        break;
      }
    }
    lines += any ? 1 : 0;
    return any;
  }

  private boolean fill() throws IOException {
    position = 0;
    limit = Math.max(input.read(read), 0);
    return limit > 0;
  }

  @Override
  public void close() throws IOException {
    input.close();
  }

  /** The bytes of a record, looked at where they lie. */
  private static final class Buffer extends ByteArrayOutputStream {

    int first() {
      return count > 0 ? Byte.toUnsignedInt(buf[0]) : -2;
    }

    int see(Quotes quotes, int from) {
      for (int i = from; i < count; i++) {
        quotes.next(buf[i]);
      }
      return count;
    }

    byte[] withoutLineEnd() {
      int end = count;
      if (end > 0 && buf[end - 1] == '\n') {
        end--;
      }
      if (end > 0 && buf[end - 1] == '\r') {
        end--;
      }
      return Arrays.copyOf(buf, end);
    }
  }
}
