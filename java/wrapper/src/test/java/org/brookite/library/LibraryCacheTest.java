package org.brookite.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.flink.util.InstantiationUtil;
import org.brookite.RustJobException;
import org.brookite.bridge.Platform;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LibraryCacheTest {

  private static final Platform LINUX = Platform.KNOWN.get(0);
  private static final ClassLoader NO_LOADER = null;

  @TempDir Path folder;
  private LibraryCache cache;
  private Path original;
  private LibrarySource source;

  @BeforeEach
  void writeLibrary() throws IOException {
    cache = new LibraryCache(folder.resolve("tmp"), "brookite-me", LINUX);
    original = Files.writeString(folder.resolve("libdemo.so"), "version one");
    source = LibrarySource.file(original);
  }

  private LibraryReference reference(String hash) {
    return new LibraryReference(
        source, new TreeMap<>(Map.of(LINUX.toString(), hash)), "demo", "0.1.0");
  }

  private static ClassLoader withResources(Map<String, String> resources) {
    return new ClassLoader(null) {
      @Override
      public InputStream getResourceAsStream(String name) {
        String content = resources.get(name);
        return content == null ? null : new ByteArrayInputStream(content.getBytes());
      }
    };
  }

  @Test
  void keepsCopiesByContent() throws IOException {
    CachedLibrary copy = cache.add(source, NO_LOADER);
    assertThat(copy.path())
        .isEqualTo(folder.resolve("tmp/brookite-me").resolve(copy.hash()).resolve("libdemo.so"))
        .hasContent("version one");
    assertThat(copy.hash())
        .isEqualTo("197c7c60ef8a8470a38d1a9212bdfde9cfe6fd4be910825fe6ac7880ac765d16");

    Files.writeString(original, "version two");
    assertThat(cache.add(source, NO_LOADER).path()).isNotEqualTo(copy.path());
    assertThat(copy.path()).hasContent("version one");
  }

  @Test
  void leavesNoDraftsBehind() throws IOException {
    CachedLibrary copy = cache.add(source, NO_LOADER);
    cache.add(source, NO_LOADER);
    try (Stream<Path> left = Files.list(folder.resolve("tmp/brookite-me"))) {
      assertThat(left).containsExactly(copy.path().getParent());
    }
  }

  @Test
  void findsACopyWithoutTheOriginal() throws IOException {
    CachedLibrary copy = cache.add(source, NO_LOADER);
    Files.delete(original);
    assertThat(cache.require(reference(copy.hash()), NO_LOADER)).isEqualTo(copy.path());
  }

  @Test
  void takesTheOriginalWhenThereIsNoCopyOrADamagedOne() throws IOException {
    LibraryReference reference = reference(ContentHash.of(original));
    Path copy = cache.require(reference, NO_LOADER);
    assertThat(copy).hasContent("version one");

    Files.writeString(copy, "torn");
    assertThat(cache.require(reference, NO_LOADER)).isEqualTo(copy).hasContent("version one");
  }

  @Test
  void refusesALibraryThatTheJobWasNotBuiltWith() throws IOException {
    String hash = ContentHash.of(original);
    Files.writeString(original, "version two");
    assertThatThrownBy(() -> cache.require(reference(hash), NO_LOADER))
        .isInstanceOf(RustJobException.class)
        .hasMessage(
            "demo 0.1.0 (%s) is not the library that the job was built with:"
                + " expected SHA-256 %s, found %s",
            original, hash, ContentHash.of(original));
  }

  @Test
  void saysWhatToDoWhenAMachineLacksTheFile() throws IOException {
    String hash = ContentHash.of(original);
    Files.delete(original);
    assertThatThrownBy(() -> cache.require(reference(hash), NO_LOADER))
        .isInstanceOf(RustJobException.class)
        .hasMessageContaining("cannot get demo 0.1.0 (" + original + ") for linux-x86_64")
        .hasMessageContaining("there is no file " + original)
        .hasMessageContaining("at the same path on every machine");
    assertThatThrownBy(() -> cache.add(source, NO_LOADER))
        .isInstanceOf(RustJobException.class)
        .hasMessageContaining("there is no file " + original);
  }

  @Test
  void takesResourcesFromTheJobsClassLoader() throws IOException {
    LibrarySource resource = LibrarySource.resource("demo");
    ClassLoader loader = withResources(Map.of("native/linux-x86_64/libdemo.so", "from a jar"));
    CachedLibrary copy = cache.add(resource, loader);
    assertThat(copy.path()).hasFileName("libdemo.so").hasContent("from a jar");
    assertThatThrownBy(() -> cache.add(resource, withResources(Map.of())))
        .isInstanceOf(RustJobException.class)
        .hasMessage(
            "cannot use Rust library resource demo on linux-x86_64:"
                + " there is no native/linux-x86_64/libdemo.so on the class path");
  }

  @Test
  void recordsTheHashOfEveryPlatformOfAResource() throws IOException {
    LibrarySource resource = LibrarySource.resource("demo");
    ClassLoader loader =
        withResources(
            Map.of(
                "native/linux-x86_64/libdemo.so", "for linux",
                "native/macos-aarch64/libdemo.dylib", "for mac"));
    TreeMap<String, String> hashes = PlatformHashes.of(resource, loader);
    assertThat(hashes).containsOnlyKeys("linux-x86_64", "macos-aarch64");
    assertThat(hashes.get("linux-x86_64")).isEqualTo(cache.add(resource, loader).hash());
    assertThat(PlatformHashes.of(source, loader)).isEmpty();
  }

  @Test
  void aReferenceTravelsAndKnowsItsPlatforms() throws Exception {
    LibraryReference reference = InstantiationUtil.clone(reference("abc"));
    assertThat(reference.hash(LINUX)).isEqualTo("abc");
    assertThat(reference).hasToString("demo 0.1.0 (" + original + ")");
    assertThatThrownBy(() -> reference.hash(Platform.KNOWN.get(3)))
        .isInstanceOf(RustJobException.class)
        .hasMessageContaining(
            "for macos-aarch64: when the job was built there was one for" + " linux-x86_64");
  }
}
