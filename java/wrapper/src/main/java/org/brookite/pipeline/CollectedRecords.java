package org.brookite.pipeline;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.Base64;
import org.apache.flink.api.common.accumulators.Accumulator;

/**
 * The records of a collecting sink, one after the other: each its length as a big-endian i32 and
 * what Flink's serializer for their type writes.
 *
 * <p>Its value is their Base64: Flink's REST API shows the text of an accumulator's value, and
 * nothing else of it.
 */
public final class CollectedRecords implements Accumulator<byte[], String> {

  private static final long serialVersionUID = 1L;

  /** Begins the accumulator's name; that of the sink follows. */
  public static final String PREFIX = "brookite-collect:";

  private transient ByteArrayOutputStream records = new ByteArrayOutputStream();

  // Heartbeats read it while the task writes it.

  @Override
  public synchronized void add(byte[] more) {
    records.write(more, 0, more.length);
  }

  synchronized byte[] bytes() {
    return records.toByteArray();
  }

  synchronized int length() {
    return records.size();
  }

  @Override
  public String getLocalValue() {
    return Base64.getEncoder().encodeToString(bytes());
  }

  @Override
  public synchronized void resetLocal() {
    records.reset();
  }

  @Override
  public void merge(Accumulator<byte[], String> other) {
    add(((CollectedRecords) other).bytes());
  }

  @Override
  public CollectedRecords clone() {
    CollectedRecords clone = new CollectedRecords();
    clone.add(bytes());
    return clone;
  }

  private void writeObject(ObjectOutputStream out) throws IOException {
    byte[] bytes = bytes();
    out.defaultWriteObject();
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
    in.defaultReadObject();
    byte[] bytes = new byte[in.readInt()];
    in.readFully(bytes);
    records = new ByteArrayOutputStream();
    add(bytes);
  }

  @Override
  public String toString() {
    return getLocalValue();
  }
}
