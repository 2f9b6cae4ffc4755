package org.brookite.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class BridgeLoaderTest {

  /** Has bridge classes of its own, and the given bytes, or none, for a library. */
  private static final class Isolated extends URLClassLoader {

    private final byte[] library;

    Isolated(byte[] library) {
      super(
          new URL[] {BridgeLoader.class.getProtectionDomain().getCodeSource().getLocation()},
          ClassLoader.getPlatformClassLoader());
      this.library = library;
    }

    @Override
    public InputStream getResourceAsStream(String name) {
      return library == null ? null : new ByteArrayInputStream(library);
    }
  }

  private static void load(byte[] library) throws Throwable {
    try (Isolated loader = new Isolated(library)) {
      loader.loadClass(BridgeLoader.class.getName()).getMethod("load").invoke(null);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  @Test
  void namesPlatformAndPlaceWhenThereIsNoLibrary() {
    String platform = Platform.current().toString();
    assertThatThrownBy(() -> load(null))
        .satisfies(
            e ->
                assertThat(e.getClass().getName())
                    .isEqualTo(BridgeUnavailableException.class.getName()))
        .hasMessageContaining("no Brookite bridge for " + platform)
        .hasMessageContaining("native/" + platform)
        .hasMessageContaining("brookite_bridge");
  }

  @Test
  void saysWhyALibraryCannotBeLoaded() throws IOException {
    assertThatThrownBy(() -> load("no library".getBytes(StandardCharsets.UTF_8)))
        .hasMessageContaining("cannot load the Brookite bridge for " + Platform.current())
        .hasMessageContaining("noexec")
        .hasCauseInstanceOf(UnsatisfiedLinkError.class);
  }
}
