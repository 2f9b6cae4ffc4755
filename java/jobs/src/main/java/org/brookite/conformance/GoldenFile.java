package org.brookite.conformance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.flink.runtime.util.EnvironmentInformation;

/**
 * Writes values of every type with Flink's own serializers: what the Rust side must read, and write
 * again byte for byte.
 *
 * <p>The same version of Flink always writes the same file.
 */
public final class GoldenFile {

  private GoldenFile() {}

  /** Takes the file to write. */
  public static void main(String[] args) throws IOException {
    if (args.length != 1) {
      throw new IllegalArgumentException("expected the file to write, found " + args.length);
    }
    List<String> lines = lines();
    Files.write(Path.of(args[0]), lines);
    System.out.println(lines.size() + " lines written to " + args[0]);
  }

  /** Returns the file's lines. */
  static List<String> lines() {
    return golden((type, hex, value) -> {}).lines();
  }

  /** Returns the file, and tells of each value in it. */
  static Golden golden(Golden.Listener listener) {
    Golden golden = new Golden(listener);
    golden.part("Written by Flink " + EnvironmentInformation.getVersion() + "'s own serializers.");
    golden.part(
        "A type, the bytes of a value in hexadecimal, the value as JSON, the type as protobuf.");
    GoldenScalars.add(golden);
    GoldenTimes.add(golden);
    GoldenCollections.add(golden);
    GoldenRecords.add(golden);
    GoldenColumns.add(golden);
    GoldenRows.add(golden);
    GoldenNests.add(golden);
    return golden;
  }
}
