package org.brookite.library;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.Set;

/**
 * A folder that only its owner may change, inside one that anybody may write to.
 *
 * <p>Code is loaded from it, so a folder that somebody else made under the expected name is
 * refused.
 */
final class PrivateDirectory {

  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rwx------");

  private PrivateDirectory() {}

  /**
   * Returns the folder of that name inside {@code parent}, making it when there is none.
   *
   * @throws IOException when it cannot be made, or the one there belongs to somebody else or is
   *     open to others
   */
  static Path in(Path parent, String name) throws IOException {
    Path directory = parent.resolve(name);
    boolean posix = parent.getFileSystem().supportedFileAttributeViews().contains("posix");
    if (!posix) {
      return Files.createDirectories(directory);
    }
    if (!Files.isDirectory(directory)) {
      Files.createDirectories(parent);
      createUnlessThere(directory);
    }
    PosixFileAttributes found = Files.readAttributes(directory, PosixFileAttributes.class);
    if (!found.owner().equals(currentUser(directory))) {
      throw new FileSystemException(
          directory.toString(), null, "belongs to " + found.owner().getName());
    }
    if (found.permissions().contains(PosixFilePermission.GROUP_WRITE)
        || found.permissions().contains(PosixFilePermission.OTHERS_WRITE)) {
      throw new FileSystemException(
          directory.toString(),
          null,
          "is writable by others: " + PosixFilePermissions.toString(found.permissions()));
    }
    return directory;
  }

  private static void createUnlessThere(Path directory) throws IOException {
    try {
      Files.createDirectory(directory, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
    } catch (FileAlreadyExistsException e) {
      // Another process of the same user was faster; the checks that follow tell who it was.
    }
  }

  /** Java tells the owner of a file, but not the user of a process: so make a file. */
  private static UserPrincipal currentUser(Path directory) throws IOException {
    Path probe = Files.createTempFile(directory, "owner-", "");
    try {
      return Files.getOwner(probe);
    } finally {
      Files.delete(probe);
    }
  }
}
