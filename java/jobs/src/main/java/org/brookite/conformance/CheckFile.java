package org.brookite.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import org.apache.flink.util.StringUtils;
import org.brookite.proto.DataType;

/**
 * Reads a file that Rust has written with Flink's own serializers, and writes its values again.
 *
 * <p>A line is a type, the bytes of a value in hexadecimal, the value as JSON and the type's
 * protobuf message in Base64, with tabs between them. Lines that start with {@code #} say nothing.
 * Prints how many lines passed, and of those that failed the first ones; the exit status is 1 when
 * any did.
 */
public final class CheckFile {

  private static final int SHOWN = 20;
  private static final int LONGEST = 2_000;
  private static final int COLUMNS = 4;

  private final ObjectMapper json = new ObjectMapper();
  private int passed;
  private int failed;

  private CheckFile() {}

  /** Takes the file to check. */
  public static void main(String[] args) throws IOException {
    if (args.length != 1) {
      throw new IllegalArgumentException("expected the file to check, found " + args.length);
    }
    CheckFile check = new CheckFile();
    check.check(Path.of(args[0]));
    System.out.printf("Flink: %d passed, %d failed%n", check.passed, check.failed);
    // An empty file proves nothing.
    System.exit(check.failed == 0 && check.passed > 0 ? 0 : 1);
  }

  private void check(Path file) throws IOException {
    try (BufferedReader reader = Files.newBufferedReader(file)) {
      int number = 0;
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        number++;
        if (!line.startsWith("#") && !line.isEmpty()) {
          count(number, line, failure(line));
        }
      }
    }
  }

  private void count(int number, String line, String failure) {
    if (failure == null) {
      passed++;
    } else if (failed++ < SHOWN) {
      System.out.printf("line %d: %s%n    %s%n", number, shortened(failure), shortened(line));
    }
  }

  private static String shortened(String text) {
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "...";
  }

  /** Returns what is wrong with a line, null when nothing is. */
  private String failure(String line) {
    String[] columns = line.split("\t", -1);
    if (columns.length < COLUMNS) {
      return "expected a type, bytes, JSON and the type's message, found " + columns.length;
    }
    try {
      byte[] bytes = StringUtils.hexStringToByte(columns[1]);
      JsonNode value = json.readTree(columns[2]);
      DataType type = DataType.parseFrom(Base64.getDecoder().decode(columns[3]));
      return Check.failure(type, bytes, value);
    } catch (IOException | IllegalArgumentException e) {
      return "malformed: " + e.getMessage();
    }
  }
}
