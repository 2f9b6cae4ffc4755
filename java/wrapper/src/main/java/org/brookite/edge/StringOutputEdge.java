package org.brookite.edge;

import java.nio.charset.StandardCharsets;

/** STRING records on their way out: UTF-8, which a Rust string always is. */
final class StringOutputEdge implements OutputEdge<String> {

  private byte[] bytes = new byte[256];

  @Override
  public String read(OffHeapBuffer from, int offset, int length) {
    if (length > bytes.length) {
      bytes = new byte[Math.max(length, 2 * bytes.length)];
    }
    from.segment().get(offset, bytes, 0, length);
    return new String(bytes, 0, length, StandardCharsets.UTF_8);
  }
}
