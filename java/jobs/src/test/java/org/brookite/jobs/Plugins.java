package org.brookite.jobs;

import java.nio.file.Path;
import org.brookite.RustLibrary;

/** The plugins that Cargo built for the tests. */
public final class Plugins {
  private static final String FOLDER = "brookite.plugins";

  /** The example that README shows. */
  public static final RustLibrary WORD_COUNT = library("word_count");

  /** Functions made for these tests. */
  public static final RustLibrary FLINK_FUNCTIONS = library("flink_functions");

  /** Functions that fail at every step. */
  public static final RustLibrary FAILING = library("fixture_failing");

  private Plugins() {}

  /** The file of a library that Cargo calls {@code name}. */
  public static Path file(String name) {
    String folder = System.getProperty(FOLDER);
    if (folder == null) {
      throw new IllegalStateException("-D" + FOLDER + " names no folder of built plugins");
    }
    return Path.of(folder, System.mapLibraryName(name));
  }

  /** The library that Cargo calls {@code name}. */
  public static RustLibrary library(String name) {
    return RustLibrary.at(file(name));
  }
}
