package org.brookite.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

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
import org.junit.jupiter.api.Test;

/** An exception that Java throws under a Rust function comes back as the same object. */
class HostExceptionTest {
  private static final int BUFFER = 4096;

  private static DataType type(Primitive primitive) {
    return DataType.newBuilder().setPrimitive(primitive).build();
  }

  private static Edge text() {
    DataType text = type(Primitive.PRIMITIVE_STRING);
    return Edge.newBuilder().setType(text).setEncoding(Encoding.ENCODING_DIRECT).build();
  }

  private static Edge count() {
    TupleType fields =
        TupleType.newBuilder()
            .addFields(type(Primitive.PRIMITIVE_STRING))
            .addFields(type(Primitive.PRIMITIVE_BIGINT))
            .build();
    return Edge.newBuilder()
        .setType(DataType.newBuilder().setTuple(fields))
        .setEncoding(Encoding.ENCODING_SERIALIZER)
        .build();
  }

  @Test
  void theSameObjectComesBack() {
    BridgeLoader.load();
    RuntimeException thrown = new IllegalStateException("no state today");
    Path plugin =
        Path.of(System.getProperty("brookite.plugins"), System.mapLibraryName("word_count"));
    long library = NativeBridge.openLibrary(plugin.toAbsolutePath().toString());
    StageSpec spec =
        StageSpec.newBuilder()
            .setStage("count words")
            .addFunctions("count")
            .setInput(text())
            .setOutput(count())
            .setKey(text())
            .build();
    ByteBuffer in = ByteBuffer.allocateDirect(BUFFER).order(ByteOrder.LITTLE_ENDIAN);
    ByteBuffer out = ByteBuffer.allocateDirect(BUFFER).order(ByteOrder.LITTLE_ENDIAN);
    long stage =
        NativeBridge.openStage(library, spec.toByteArray(), new ThrowingHost(thrown), in, out);
    byte[] word = "brook".getBytes(StandardCharsets.UTF_8);
    in.put(word).put(word);

    Throwable caught =
        catchThrowable(
            () -> NativeBridge.process(stage, 0, word.length, word.length, Long.MIN_VALUE));
    assertThat(caught).isSameAs(thrown);

    assertThat(catchThrowable(() -> NativeBridge.flush(stage)))
        .as("the stage stays failed")
        .isInstanceOf(NativeFailure.class);
    NativeBridge.closeStage(stage);
    assertThat(NativeBridge.closeStage(stage)).as("closing again").isZero();
    NativeBridge.closeLibrary(library);
  }

  /** A host whose state cannot be read. */
  private static final class ThrowingHost implements StageHost {
    private final RuntimeException thrown;

    ThrowingHost(RuntimeException thrown) {
      this.thrown = thrown;
    }

    @Override
    public int registerState(byte[] declaration) {
      return 0;
    }

    @Override
    public byte[] readState(int state, byte[] namespace, int query, byte[] entry) {
      if (query == QUERY_VALUE) {
        throw thrown;
      }
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
      return ByteBuffer.allocateDirect(Long.BYTES).order(ByteOrder.nativeOrder());
    }

    @Override
    public int logLevel(String target) {
      return LEVEL_OFF;
    }

    @Override
    public void log(int level, String target, String function, String thread, String message) {}
  }
}
