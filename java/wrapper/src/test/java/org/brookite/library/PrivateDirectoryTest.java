package org.brookite.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(OS.WINDOWS)
class PrivateDirectoryTest {

  @TempDir Path parent;

  @Test
  void isForItsOwnerAlone() throws IOException {
    Path directory = PrivateDirectory.in(parent.resolve("new"), "mine");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory)))
        .isEqualTo("rwx------");
    assertThat(PrivateDirectory.in(parent.resolve("new"), "mine")).isEqualTo(directory);
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void refusesOneThatOthersCanWriteTo() throws IOException {
    Path directory = Files.createDirectory(parent.resolve("open"));
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxrwxrwx"));
    assertThatThrownBy(() -> PrivateDirectory.in(parent, "open"))
        .hasMessageContaining("is writable by others: rwxrwxrwx");
  }
}
