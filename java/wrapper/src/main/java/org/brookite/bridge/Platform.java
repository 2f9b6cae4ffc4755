package org.brookite.bridge;

import java.util.List;
import java.util.Locale;

/**
 * An operating system and a processor that native libraries are built for, written {@code
 * <os>-<arch>}: the name of their folder in a jar.
 */
public final class Platform {

  /** The platforms that a jar may bring libraries for. */
  public static final List<Platform> KNOWN =
      List.of(
          new Platform("linux", "x86_64"),
          new Platform("linux", "aarch64"),
          new Platform("macos", "x86_64"),
          new Platform("macos", "aarch64"));

  private final String os;
  private final String arch;

  private Platform(String os, String arch) {
    this.os = os;
    this.arch = arch;
  }

  /** Returns the platform that this JVM runs on, known or not. */
  public static Platform current() {
    return of(System.getProperty("os.name"), System.getProperty("os.arch"));
  }

  /** Returns the platform for the values of the properties {@code os.name} and {@code os.arch}. */
  static Platform of(String osName, String osArch) {
    String os = osName.toLowerCase(Locale.ROOT);
    String arch = osArch.toLowerCase(Locale.ROOT);
    if (os.startsWith("mac") || os.startsWith("darwin")) {
      os = "macos";
    }
    if (arch.equals("amd64") || arch.equals("x86-64")) {
      arch = "x86_64";
    } else if (arch.equals("arm64")) {
      arch = "aarch64";
    }
    return new Platform(os.replace(' ', '_'), arch);
  }

  /**
   * Returns where a jar keeps a library for this platform.
   *
   * @param library the library's name without prefix and ending, as in {@code word_count}
   */
  public String resource(String library) {
    return "native/" + this + "/" + fileName(library);
  }

  private String fileName(String library) {
    switch (os) {
      case "linux":
        return "lib" + library + ".so";
      case "macos":
        return "lib" + library + ".dylib";
      default:
        return System.mapLibraryName(library);
    }
  }

  @Override
  public String toString() {
    return os + "-" + arch;
  }
}
