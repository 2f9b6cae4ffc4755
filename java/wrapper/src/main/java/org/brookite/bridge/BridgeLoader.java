package org.brookite.bridge;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Loads the bridge library, once per class loader.
 *
 * <p>A JVM refuses to load one file for two class loaders, and every job of a cluster has a class
 * loader of its own. So each loads a copy under a name of its own, which is deleted as soon as it
 * is mapped.
 */
public final class BridgeLoader {

  private static final String LIBRARY = "brookite_bridge";

  private static boolean loaded;

  private BridgeLoader() {}

  /**
   * Makes the methods of {@link NativeBridge} callable; does nothing when they already are.
   *
   * @throws BridgeUnavailableException when there is no library for this platform, or the platform
   *     refuses it. The next call tries again.
   */
  public static synchronized void load() {
    if (loaded) {
      return;
    }
    Platform platform = Platform.current();
    Path copy = extract(platform);
    try {
      System.load(copy.toString());
      NativeBridge.abiVersion();
    } catch (UnsatisfiedLinkError e) {
      throw new BridgeUnavailableException(
          String.format(
              "cannot load the Brookite bridge for %s from %s: %s. "
                  + "If the folder is mounted noexec, point -Djava.io.tmpdir elsewhere",
              platform, copy, e.getMessage()),
          e);
    } finally {
      delete(copy);
    }
    loaded = true;
  }

  private static Path extract(Platform platform) {
    String resource = platform.resource(LIBRARY);
    ClassLoader loader = BridgeLoader.class.getClassLoader();
    try (InputStream library = loader.getResourceAsStream(resource)) {
      if (library == null) {
        throw new BridgeUnavailableException(
            String.format(
                "no Brookite bridge for %s: looked for %s on the class path of %s",
                platform, resource, loader),
            null);
      }
      return copy(library, resource.substring(resource.lastIndexOf('/') + 1));
    } catch (IOException e) {
      throw new BridgeUnavailableException(
          String.format(
              "cannot copy the Brookite bridge for %s into %s: %s",
              platform, System.getProperty("java.io.tmpdir"), e),
          e);
    }
  }

  private static Path copy(InputStream library, String name) throws IOException {
    Path copy = Files.createTempFile("brookite-", "-" + name).toRealPath();
    try {
      Files.copy(library, copy, StandardCopyOption.REPLACE_EXISTING);
      return copy;
    } catch (IOException e) {
      delete(copy);
      throw e;
    }
  }

  /** A mapped file outlives its name; where it does not, the name goes with the JVM. */
  private static void delete(Path copy) {
    try {
      Files.deleteIfExists(copy);
    } catch (IOException e) {
      copy.toFile().deleteOnExit();
    }
  }
}
