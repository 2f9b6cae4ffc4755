package org.brookite.bench;

import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.SplittableRandom;
import org.apache.flink.api.common.typeutils.base.StringSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/**
 * Times Flink's own StringSerializer, to compare with Rust's coder of the same bytes.
 *
 * <p>It writes texts of 100 ASCII characters into a reused buffer on the heap, the fastest that
 * Flink has, and reads them back. Prints the median of many rounds, nanoseconds per byte of text,
 * as a JSON object in one line.
 */
public final class StringSerializerBench {
  private static final int LENGTH = 100;
  private static final int TEXTS = 1 << 10;
  private static final int PASSES = 100;
  private static final int WARM_UP_ROUNDS = 60;
  private static final int ROUNDS = 61;

  private final String[] texts = new String[TEXTS];
  private final DataOutputSerializer output = new DataOutputSerializer(TEXTS * (LENGTH + 2));
  private final DataInputDeserializer input = new DataInputDeserializer();

  /** What was read, so that no read can be left out. */
  private long characters;

  private StringSerializerBench() {
    SplittableRandom random = new SplittableRandom(7);
    for (int i = 0; i < TEXTS; i++) {
      char[] text = new char[LENGTH];
      for (int j = 0; j < LENGTH; j++) {
        text[j] = (char) random.nextInt(' ', '~' + 1);
      }
      texts[i] = new String(text);
    }
  }

  /** Takes no arguments. */
  public static void main(String[] args) throws IOException {
    new StringSerializerBench().measure();
  }

  private void measure() throws IOException {
    double[] write = new double[ROUNDS];
    double[] read = new double[ROUNDS];
    for (int round = -WARM_UP_ROUNDS; round < ROUNDS; round++) {
      double writing = perByte(this::write);
      double reading = perByte(this::read);
      if (round >= 0) {
        write[round] = writing;
        read[round] = reading;
      }
    }
    if (characters != (long) (WARM_UP_ROUNDS + ROUNDS) * PASSES * TEXTS * LENGTH) {
      throw new IllegalStateException(characters + " characters came back");
    }
    System.out.printf(
        Locale.ROOT,
        "{\"serializer\":\"StringSerializer\",\"length\":%d,"
            + "\"serialize_ns_per_byte\":%.4f,\"deserialize_ns_per_byte\":%.4f}%n",
        LENGTH,
        median(write),
        median(read));
  }

  private void write() throws IOException {
    output.clear();
    for (String text : texts) {
      StringSerializer.INSTANCE.serialize(text, output);
    }
  }

  private void read() throws IOException {
    input.setBuffer(output.getSharedBuffer(), 0, output.length());
    for (int i = 0; i < TEXTS; i++) {
      characters += StringSerializer.INSTANCE.deserialize(input).length();
    }
  }

  private interface Pass {
    void run() throws IOException;
  }

  private static double perByte(Pass pass) throws IOException {
    long start = System.nanoTime();
    for (int i = 0; i < PASSES; i++) {
      pass.run();
    }
    return (System.nanoTime() - start) / ((double) PASSES * TEXTS * LENGTH);
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
