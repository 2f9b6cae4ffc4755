package org.brookite.jobs;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.brookite.RustJobException;
import org.brookite.RustLibrary;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A library that cannot be used is refused while the job is built, with the reason. */
class LibraryErrorTest {
  private static void open(Path file) {
    DataStream<Long> numbers = Clusters.environment(1).fromSequence(1, 3);
    RustLibrary.at(file).on(numbers).call("any").stream();
  }

  @Test
  void aMissingFile(@TempDir Path folder) {
    Path missing = folder.resolve("libmissing.so");
    assertThatThrownBy(() -> open(missing))
        .isInstanceOf(RustJobException.class)
        .hasMessageContaining(missing.toString());
  }

  @Test
  void aFileThatIsNoLibrary(@TempDir Path folder) throws Exception {
    Path text = Files.writeString(folder.resolve("libtext.so"), "no library");
    assertThatThrownBy(() -> open(text))
        .isInstanceOf(RustJobException.class)
        .hasMessageContaining("libtext.so");
  }

  @Test
  void aLibraryThatIsNoPlugin() {
    assertThatThrownBy(() -> open(Plugins.file("fixture_no_plugin")))
        .isInstanceOf(RustJobException.class)
        .hasMessageContaining("fixture_no_plugin")
        .hasMessageContaining("no Brookite plugin");
  }

  @Test
  void aPluginForAnotherVersion() {
    assertThatThrownBy(() -> open(Plugins.file("fixture_wrong_abi")))
        .isInstanceOf(RustJobException.class)
        .hasMessageContaining("fixture_wrong_abi")
        .hasMessageContaining("999")
        .hasMessageContaining("expected");
  }

  @Test
  void aMissingFunction() {
    assertThatThrownBy(() -> open(Plugins.file("word_count")))
        .isInstanceOf(RustJobException.class)
        .hasMessageContaining("any")
        .hasMessageContaining("split")
        .hasMessageContaining("count");
  }
}
