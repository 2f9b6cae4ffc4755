package org.brookite.library;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The SHA-256 of a library's content, in hexadecimal: the library's identity. */
final class ContentHash {

  private ContentHash() {}

  /** Reads the stream to its end. */
  static String of(InputStream content) throws IOException {
    return copy(content, OutputStream.nullOutputStream());
  }

  /** Reads the file. */
  static String of(Path file) throws IOException {
    try (InputStream content = Files.newInputStream(file)) {
      return of(content);
    }
  }

  /** Copies the stream to its end and returns the hash of what passed. */
  static String copy(InputStream content, OutputStream to) throws IOException {
    DigestInputStream digesting = new DigestInputStream(content, sha256());
    digesting.transferTo(to);
    StringBuilder hex = new StringBuilder();
    for (byte b : digesting.getMessageDigest().digest()) {
      hex.append(Character.forDigit(b >> 4 & 0xf, 16)).append(Character.forDigit(b & 0xf, 16));
    }
    return hex.toString();
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform must have SHA-256", e);
    }
  }
}
