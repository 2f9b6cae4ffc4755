package org.brookite.bridge;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.brookite.proto.DataType;
import org.brookite.proto.Edge;
import org.brookite.proto.Encoding;
import org.brookite.proto.Primitive;
import org.brookite.proto.StageSpec;
import org.brookite.proto.TupleType;

/** A stage behind the native methods themselves, with no operator between it and the test. */
final class DirectStage implements AutoCloseable {

  /** How long each of its buffers is. */
  static final int BUFFER = 4096;

  final long handle;

  private final long library;
  private final ByteBuffer in = buffer();
  private final ByteBuffer out = buffer();

  /** Opens a stage of functions of a plugin. */
  DirectStage(String plugin, StageSpec.Builder spec, StageHost host) {
    BridgeLoader.load();
    Path file = Path.of(System.getProperty("brookite.plugins"), System.mapLibraryName(plugin));
    library = NativeBridge.openLibrary(file.toAbsolutePath().toString());
    byte[] encoded = spec.setStage("direct").build().toByteArray();
    handle = NativeBridge.openStage(library, encoded, host, in, out);
  }

  private static ByteBuffer buffer() {
    return ByteBuffer.allocateDirect(BUFFER).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** A text by itself. */
  static Edge text() {
    DataType text = type(Primitive.PRIMITIVE_STRING);
    return Edge.newBuilder().setType(text).setEncoding(Encoding.ENCODING_DIRECT).build();
  }

  /** A number by itself. */
  static Edge number() {
    return serialized(type(Primitive.PRIMITIVE_BIGINT));
  }

  /** A text and a number. */
  static Edge count() {
    TupleType fields =
        TupleType.newBuilder()
            .addFields(type(Primitive.PRIMITIVE_STRING))
            .addFields(type(Primitive.PRIMITIVE_BIGINT))
            .build();
    return serialized(DataType.newBuilder().setTuple(fields).build());
  }

  private static Edge serialized(DataType type) {
    return Edge.newBuilder().setType(type).setEncoding(Encoding.ENCODING_SERIALIZER).build();
  }

  private static DataType type(Primitive primitive) {
    return DataType.newBuilder().setPrimitive(primitive).build();
  }

  /** Processes a record of input 0. */
  int process(String key, String record, long timestamp) {
    byte[] keyBytes = bytes(key);
    byte[] recordBytes = bytes(record);
    in.clear().put(keyBytes).put(recordBytes);
    return NativeBridge.process(handle, 0, keyBytes.length, recordBytes.length, timestamp);
  }

  /** Fires a timer of event time. */
  int fireTimer(String key, long time) {
    byte[] bytes = bytes(key);
    in.clear().put(bytes);
    return NativeBridge.fireTimer(handle, 0, bytes.length, 0, time);
  }

  /** Returns what is in the out buffer. */
  ByteBuffer out() {
    return out.duplicate().order(ByteOrder.BIG_ENDIAN);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    NativeBridge.closeStage(handle);
    NativeBridge.closeLibrary(library);
  }

  /** A host that keeps nothing, and whose clock stands. Tests overwrite what they are about. */
  static class Host implements StageHost {

    private int states;

    @Override
    public int registerState(byte[] declaration) {
      return states++;
    }

    @Override
    public byte[] readState(int state, byte[] namespace, int query, byte[] entry) {
      return null;
    }

    @Override
    public void writeState(int state, byte[] namespace, int change, byte[] entry, byte[] value) {}

    @Override
    public long processingTime() {
      return 0;
    }

    @Override
    public ByteBuffer registerMetric(byte[] declaration) {
      return ByteBuffer.allocateDirect(BUFFER).order(ByteOrder.nativeOrder());
    }

    @Override
    public int logLevel(String target) {
      return LEVEL_OFF;
    }

    @Override
    public void log(int level, String target, String function, String thread, String message) {}
  }
}
