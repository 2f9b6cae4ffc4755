package org.brookite.edge;

/** BYTES records: the bytes themselves. */
final class BytesEdge implements TwoWayEdge<byte[]> {

  @Override
  public int write(byte[] value, OffHeapBuffer to, int offset) {
    to.reserve(offset, value.length);
    to.segment().put(offset, value);
    return value.length;
  }

  @Override
  public byte[] read(OffHeapBuffer from, int offset, int length) {
    byte[] value = new byte[length];
    from.segment().get(offset, value);
    return value;
  }
}
