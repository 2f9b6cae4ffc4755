package org.brookite.operator;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.brookite.bridge.NativeBridge;
import org.brookite.bridge.StageHost;
import org.brookite.proto.DataType;
import org.brookite.proto.Primitive;
import org.brookite.proto.StageSpec;
import org.brookite.proto.StateDeclaration;
import org.brookite.proto.StateKind;

/**
 * A stage written in Java. It keeps to the contract of the native one: its memory is the buffers,
 * output that does not fit waits for a larger buffer, and illegal calls fail. It records its calls.
 */
abstract class FakeStage implements RustStage {

  static final DataType BIGINT =
      DataType.newBuilder().setPrimitive(Primitive.PRIMITIVE_BIGINT).build();

  final List<String> calls = new ArrayList<>();
  int ticks;
  StageSpec spec;
  StageHost host;
  ByteBuffer in;
  ByteBuffer out;

  private byte[] pending;
  private boolean finished;
  private boolean closed;

  /** Opens the stage; {@link #opened} is its chance to register states and metrics. */
  final void open(StageSpec spec, StageHost host, StageBuffers buffers) {
    this.spec = spec;
    this.host = host;
    this.in = buffers.in().bytes();
    this.out = buffers.out().bytes();
    calls.add("open");
    opened();
  }

  void opened() {}

  abstract void onRecord(byte[] key, byte[] record, long timestamp, FrameWriter frames);

  /** A record of the second input; by default like one of the first. */
  void onSecond(byte[] key, byte[] record, long timestamp, FrameWriter frames) {
    onRecord(key, record, timestamp, frames);
  }

  void onWatermark(long watermark, FrameWriter frames) {}

  void onTimer(int domain, byte[] key, byte[] namespace, long time, FrameWriter frames) {
    throw new IllegalStateException("a timer that was not registered");
  }

  void onFlush(FrameWriter frames) {}

  void onDiscard() {}

  void onEndKey(FrameWriter frames) {
    onFlush(frames);
  }

  void onFinish(FrameWriter frames) {
    onFlush(frames);
  }

  void onClose() {}

  @Override
  public final int process(int input, int keyLength, int recordLength, long timestamp) {
    byte[] key = new byte[Math.max(0, keyLength)];
    byte[] record = new byte[recordLength];
    in.duplicate().get(key).get(record);
    if (keyLength == NativeBridge.KEY_IS_RECORD) {
      key = record;
    }
    calls.add("process");
    FrameWriter frames = legal();
    if (input == StageInput.FIRST) {
      onRecord(key, record, timestamp, frames);
    } else {
      onSecond(key, record, timestamp, frames);
    }
    return emit(frames);
  }

  @Override
  public final int advanceWatermark(long watermark) {
    calls.add("watermark " + text(watermark));
    FrameWriter frames = legal();
    onWatermark(watermark, frames);
    return emit(frames);
  }

  /** Numbers as people write them. */
  private static String text(long time) {
    return time == Long.MAX_VALUE ? "max" : time == Long.MIN_VALUE ? "min" : "" + time;
  }

  @Override
  public final int fireTimer(int domain, int keyLength, int namespaceLength, long time) {
    byte[] key = new byte[keyLength];
    byte[] namespace = new byte[namespaceLength];
    in.duplicate().get(key).get(namespace);
    calls.add("timer " + time);
    FrameWriter frames = legal();
    onTimer(domain, key, namespace, time, frames);
    return emit(frames);
  }

  @Override
  public final int discard() {
    calls.add("discard");
    FrameWriter frames = legal();
    onDiscard();
    return emit(frames);
  }

  @Override
  public final int flush() {
    calls.add("flush");
    FrameWriter frames = legal();
    onFlush(frames);
    return emit(frames);
  }

  @Override
  public final int endKey() {
    calls.add("endKey");
    FrameWriter frames = legal();
    onEndKey(frames);
    return emit(frames);
  }

  @Override
  public final void tick() {
    ticks++;
    if (closed || pending != null) {
      throw new IllegalStateException("illegal tick after " + calls);
    }
  }

  @Override
  public final int finish() {
    calls.add("finish");
    FrameWriter frames = legal();
    finished = true;
    onFinish(frames);
    return emit(frames);
  }

  @Override
  public final void close() {
    calls.add("close");
    if (closed) {
      throw new IllegalStateException("closed twice");
    }
    closed = true;
    onClose();
  }

  private FrameWriter legal() {
    if (closed || finished || pending != null) {
      throw new IllegalStateException("illegal call after " + calls);
    }
    return new FrameWriter();
  }

  private int emit(FrameWriter frames) {
    byte[] record = frames.soleRecord();
    if (record != null && record.length <= out.capacity()) {
      out.duplicate().put(record);
      return ~record.length;
    }
    byte[] bytes = frames.take();
    if (bytes.length > out.capacity()) {
      pending = bytes;
    } else {
      out.duplicate().put(bytes);
    }
    return bytes.length;
  }

  @Override
  public final void growIn(ByteBuffer in) {
    calls.add("growIn");
    this.in = in;
  }

  @Override
  public final void growOut(ByteBuffer out) {
    calls.add("growOut");
    this.out = out;
    out.duplicate().put(pending);
    pending = null;
  }

  /** Text as keys and records have it on their way in. */
  static String utf16(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_16LE);
  }

  static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** Declares a state of numbers. */
  final int declare(String name, StateKind kind) {
    return host.registerState(declaration(name, kind).build().toByteArray());
  }

  static StateDeclaration.Builder declaration(String name, StateKind kind) {
    return StateDeclaration.newBuilder().setName(name).setKind(kind).setDataType(BIGINT);
  }

  static byte[] number(long value) {
    return ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN).putLong(value).array();
  }

  static long number(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong();
  }
}
