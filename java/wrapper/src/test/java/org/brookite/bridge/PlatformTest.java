package org.brookite.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PlatformTest {

  @Test
  void namesPlatformsByOneName() {
    assertThat(Platform.of("Linux", "amd64")).hasToString("linux-x86_64");
    assertThat(Platform.of("Linux", "aarch64")).hasToString("linux-aarch64");
    assertThat(Platform.of("Mac OS X", "arm64")).hasToString("macos-aarch64");
    assertThat(Platform.of("Mac OS X", "x86_64")).hasToString("macos-x86_64");
    assertThat(Platform.of("Windows 11", "amd64")).hasToString("windows_11-x86_64");
  }

  @Test
  void knowsWhereAJarKeepsItsLibraries() {
    assertThat(Platform.of("Linux", "amd64").resource("word_count"))
        .isEqualTo("native/linux-x86_64/libword_count.so");
    assertThat(Platform.of("Mac OS X", "arm64").resource("word_count"))
        .isEqualTo("native/macos-aarch64/libword_count.dylib");
  }
}
