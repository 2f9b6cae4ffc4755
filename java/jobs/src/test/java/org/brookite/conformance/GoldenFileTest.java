package org.brookite.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.flink.runtime.util.EnvironmentInformation;
import org.junit.jupiter.api.Test;

class GoldenFileTest {

  private static final Path FILE =
      Path.of(
          "../../tests/conformance/golden/flink-" + EnvironmentInformation.getVersion() + ".tsv");

  @Test
  void flinkStillWritesTheCommittedBytes() throws IOException {
    assertThat(GoldenFile.lines())
        .as("lines of %s, which org.brookite.conformance.GoldenFile writes", FILE)
        .isEqualTo(Files.readAllLines(FILE));
  }
}
