package org.brookite.operator;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.brookite.bridge.StageHost;

/** Writes frames as Rust does. */
final class FrameWriter {

  static final byte[] NONE = new byte[0];

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private byte[] soleRecord;

  FrameWriter record(byte[] record) {
    boolean first = bytes.size() == 0;
    header(FrameReader.RECORD, record.length);
    bytes.writeBytes(record);
    soleRecord = first ? record : null;
    return this;
  }

  /** A record with a timestamp of its own. */
  FrameWriter timedRecord(long timestamp, byte[] record) {
    header(FrameReader.TIMED_RECORD, Long.BYTES + record.length);
    number(timestamp);
    return bytes(record);
  }

  /** A record for a side output. */
  FrameWriter sideRecord(int output, byte[] record) {
    header(FrameReader.SIDE_RECORD, Integer.BYTES + record.length);
    number(output);
    return bytes(record);
  }

  /** A change of a value; a null value clears it. */
  FrameWriter state(int state, byte[] key, byte[] value) {
    return value == null
        ? change(state, StageHost.CHANGE_CLEAR, key, NONE, NONE, NONE)
        : change(state, StageHost.CHANGE_UPDATE, key, NONE, NONE, value);
  }

  /** A change of state. */
  FrameWriter change(
      int state, int change, byte[] key, byte[] namespace, byte[] entry, byte[] value) {
    int content = key.length + namespace.length + entry.length + value.length;
    header(FrameReader.STATE, StateFrame.HEADER + content);
    number(state).number(change);
    number(key.length).number(namespace.length).number(entry.length).number(value.length);
    return bytes(key).bytes(namespace).bytes(entry).bytes(value);
  }

  /** A timer to register. */
  FrameWriter register(int domain, long time, byte[] key, byte[] namespace) {
    return timer(0, domain, time, key, namespace);
  }

  /** A timer to delete. */
  FrameWriter delete(int domain, long time, byte[] key, byte[] namespace) {
    return timer(1, domain, time, key, namespace);
  }

  FrameWriter timer(int command, int domain, long time, byte[] key, byte[] namespace) {
    header(FrameReader.TIMER, TimerFrame.HEADER + key.length + namespace.length);
    number(command).number(domain).number(time).number(key.length).number(namespace.length);
    return bytes(key).bytes(namespace);
  }

  private void header(int kind, int length) {
    number(kind);
    number(length);
  }

  FrameWriter number(int number) {
    return bytes(
        ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN).putInt(number).array());
  }

  FrameWriter number(long number) {
    return bytes(
        ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN).putLong(number).array());
  }

  private FrameWriter bytes(byte[] content) {
    soleRecord = null;
    bytes.writeBytes(content);
    return this;
  }

  /** Returns the record when there is one and nothing else, otherwise null. */
  byte[] soleRecord() {
    return soleRecord;
  }

  byte[] take() {
    byte[] result = bytes.toByteArray();
    bytes.reset();
    soleRecord = null;
    return result;
  }
}
