package org.brookite.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.brookite.RustJobException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which files a pattern means. */
class FilePatternTest {

  @TempDir Path folder;

  @BeforeEach
  void write() throws IOException {
    for (String file :
        new String[] {
          "a.txt", "b.txt", "c.csv", ".hidden.txt", "x/a.txt", "x/y/d.txt", "_z/e.txt"
        }) {
      Path path = folder.resolve(file);
      Files.createDirectories(path.getParent());
      Files.writeString(path, file);
    }
    Files.writeString(folder.resolve("[odd].txt"), "odd");
  }

  private String[] found(String pattern) {
    return Stream.of(FilePattern.expand(folder + "/" + pattern))
        .map(path -> folder.relativize(Path.of(path.getPath())).toString())
        .toArray(String[]::new);
  }

  @Test
  void wildcardsStandForPartsOfNames() {
    assertThat(found("*.txt")).containsExactly("[odd].txt", "a.txt", "b.txt");
    assertThat(found("?.txt")).containsExactly("a.txt", "b.txt");
    assertThat(found("[b-z].*")).containsExactly("b.txt", "c.csv");
    assertThat(found("[!b].txt")).containsExactly("a.txt");
    assertThat(found("*/?.txt")).containsExactly("x/a.txt");
    assertThat(found(".*.txt")).containsExactly(".hidden.txt");
  }

  @Test
  void twoStarsStandForAnyFolders() {
    assertThat(found("**/*.txt"))
        .containsExactly("[odd].txt", "a.txt", "b.txt", "x/a.txt", "x/y/d.txt");
    assertThat(found("x/**/a.txt")).containsExactly("x/a.txt");
    assertThat(found("x/**")).containsExactly("x");
  }

  @Test
  void whatIsThereByThatNameIsNoPattern() {
    assertThat(found("x")).containsExactly("x");
    assertThat(found("[odd].txt")).containsExactly("[odd].txt");
  }

  @Test
  void whatIsNotThereIsNamed() {
    assertThatThrownBy(() -> found("*.json"))
        .isInstanceOf(RustJobException.class)
        .hasMessageContaining("no file is named like")
        .hasMessageContaining("*.json");
    assertThatThrownBy(() -> found("none.txt"))
        .isInstanceOf(RustJobException.class)
        .hasMessageContaining("there is no file or folder")
        .hasMessageContaining("none.txt");
    assertThatThrownBy(() -> FilePattern.expand("nosuch://host/file"))
        .isInstanceOf(RustJobException.class)
        .hasMessageContaining("nosuch");
  }
}
