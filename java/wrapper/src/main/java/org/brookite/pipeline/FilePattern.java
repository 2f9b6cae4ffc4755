package org.brookite.pipeline;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;
import org.brookite.RustJobException;

/**
 * Finds the files of a pattern, in any file system that Flink knows.
 *
 * <p>In the parts of a path, {@code *} stands for any characters, {@code ?} for one, {@code [a-z]}
 * and {@code [!a-z]} for one of these or of the others; a part {@code **} stands for any folders,
 * or none. What begins with a dot or an underscore is hidden from them, as it is in folders that
 * are read whole.
 */
final class FilePattern {

  private static final String ANY_FOLDERS = "**";

  private final FileSystem files;
  private final List<Path> found = new ArrayList<>();

  private FilePattern(FileSystem files) {
    this.files = files;
  }

  /**
   * Returns the files and folders that a path means, at least one, in the order of their names.
   *
   * @throws RustJobException when there are none, or they cannot be looked up
   */
  static Path[] expand(String pattern) {
    try {
      Path path = new Path(pattern);
      FileSystem files = path.getFileSystem();
      if (exists(files, path)) {
        return new Path[] {path};
      }
      if (!isPattern(pattern)) {
        throw new RustJobException(
            String.format(
                "there is no file or folder %s: on a cluster, files must be where the JobManager and"
                    + " every TaskManager see them, such as a shared file system",
                path));
      }
      FilePattern expansion = new FilePattern(files);
      expansion.expandParts(path);
      if (expansion.found.isEmpty()) {
        throw new RustJobException(String.format("no file is named like %s", pattern));
      }
      expansion.found.sort(Comparator.comparing(Path::toString));
      return expansion.found.toArray(new Path[0]);
    } catch (IOException | IllegalArgumentException e) {
      if (e instanceof RustJobException) {
        throw (RustJobException) e;
      }
      throw new RustJobException(
          String.format("cannot look up the files %s: %s", pattern, e.getMessage()), e);
    }
  }

  private void expandParts(Path path) throws IOException {
    List<String> parts = new ArrayList<>();
    Path parent = path;
    while (isPattern(parent.getPath()) && parent.getParent() != null) {
      parts.add(0, parent.getName());
      parent = parent.getParent();
    }
    expand(parent, parts);
  }

  private void expand(Path folder, List<String> parts) throws IOException {
    String part = parts.get(0);
    List<String> rest = parts.subList(1, parts.size());
    if (part.equals(ANY_FOLDERS)) {
      expandAnyFolders(folder, rest);
    } else if (!isPattern(part)) {
      Path named = new Path(folder, part);
      if (exists(files, named)) {
        take(named, rest);
      }
    } else {
      Pattern pattern = compile(part);
      for (FileStatus file : list(folder)) {
        String name = file.getPath().getName();
        if (pattern.matcher(name).matches()
            && (!isHidden(name) || isHidden(part))
            && (rest.isEmpty() || file.isDir())) {
          take(file.getPath(), rest);
        }
      }
    }
  }

  private void expandAnyFolders(Path folder, List<String> rest) throws IOException {
    if (rest.isEmpty()) {
      found.add(folder);
      return;
    }
    expand(folder, rest);
    for (FileStatus file : list(folder)) {
      if (file.isDir() && !isHidden(file.getPath().getName())) {
        expandAnyFolders(file.getPath(), rest);
      }
    }
  }

  private void take(Path path, List<String> rest) throws IOException {
    if (!rest.isEmpty()) {
      expand(path, rest);
    } else if (!found.contains(path)) {
      found.add(path);
    }
  }

  private FileStatus[] list(Path folder) throws IOException {
    FileStatus[] list = exists(files, folder) ? files.listStatus(folder) : null;
    return list == null ? new FileStatus[0] : list;
  }

  private static boolean exists(FileSystem files, Path path) throws IOException {
    try {
      return files.exists(path);
    } catch (FileNotFoundException e) {
      return false;
    }
  }

  private static boolean isHidden(String name) {
    return name.startsWith(".") || name.startsWith("_");
  }

  private static boolean isPattern(String path) {
    return path.indexOf('*') >= 0 || path.indexOf('?') >= 0 || path.indexOf('[') >= 0;
  }

  /** From one part of a pattern. */
  private static Pattern compile(String part) {
    StringBuilder regex = new StringBuilder();
    for (int i = 0; i < part.length(); i++) {
      char c = part.charAt(i);
      // The first character of a class may be the bracket that closes it.
      int end = c == '[' ? part.indexOf(']', part.startsWith("!", i + 1) ? i + 3 : i + 2) : -1;
      if (c == '*') {
        regex.append(".*");
      } else if (c == '?') {
        regex.append('.');
      } else if (end > 0) {
        boolean others = part.charAt(i + 1) == '!';
        String members = part.substring(others ? i + 2 : i + 1, end);
        regex.append(others ? "[^" : "[");
        regex.append(members.replaceAll("[\\\\\\[\\]&^]", "\\\\$0")).append(']');
        i = end;
      } else {
        regex.append(Pattern.quote(String.valueOf(c)));
      }
    }
    try {
      return Pattern.compile(regex.toString(), Pattern.DOTALL);
    } catch (PatternSyntaxException e) {
      throw new RustJobException(String.format("'%s' is no pattern: %s", part, e.getMessage()), e);
    }
  }
}
