package org.brookite.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.brookite.proto.DataType;
import org.brookite.proto.Edge;
import org.brookite.proto.Encoding;
import org.brookite.proto.Primitive;
import org.brookite.proto.StageSpec;
import org.junit.jupiter.api.Test;

/** A stage that is told that time passes asks again which levels are logged. */
class TickTest {
  private static Edge number() {
    return Edge.newBuilder()
        .setType(DataType.newBuilder().setPrimitive(Primitive.PRIMITIVE_BIGINT))
        .setEncoding(Encoding.ENCODING_DIRECT)
        .build();
  }

  private static ByteBuffer buffer() {
    return ByteBuffer.allocateDirect(4096).order(ByteOrder.LITTLE_ENDIAN);
  }

  @Test
  void aChangedLevelIsNoticed() {
    BridgeLoader.load();
    Path plugin =
        Path.of(System.getProperty("brookite.plugins"), System.mapLibraryName("flink_functions"));
    long library = NativeBridge.openLibrary(plugin.toAbsolutePath().toString());
    StageSpec spec =
        StageSpec.newBuilder()
            .setStage("measuring")
            .addFunctions("measure")
            .setInput(number())
            .setOutput(number())
            .build();
    LoggingHost host = new LoggingHost();
    ByteBuffer in = buffer().putLong(0, Long.reverseBytes(5));
    long stage = NativeBridge.openStage(library, spec.toByteArray(), host, in, buffer());
    Runnable process = () -> NativeBridge.process(stage, 0, 0, Long.BYTES, Long.MIN_VALUE);

    process.run();
    assertThat(host.takeLines()).containsExactly("3 measuring");
    host.level = StageHost.LEVEL_TRACE;
    NativeBridge.tick(stage);
    process.run();
    assertThat(host.takeLines()).containsExactly("4 5 is fine", "5 fine value=5");
    host.level = StageHost.LEVEL_DEBUG;
    NativeBridge.tick(stage);
    process.run();
    assertThat(host.takeLines()).containsExactly("4 5 is fine");

    NativeBridge.closeStage(stage);
    NativeBridge.closeLibrary(library);
  }

  /** A host that logs from a level on. */
  private static final class LoggingHost implements StageHost {
    int level = LEVEL_INFO;
    private final List<String> lines = new ArrayList<>();

    List<String> takeLines() {
      List<String> taken = new ArrayList<>(lines);
      lines.clear();
      return taken;
    }

    @Override
    public int registerState(byte[] declaration) {
      return 0;
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
      return ByteBuffer.allocateDirect(2 * Long.BYTES).order(ByteOrder.nativeOrder());
    }

    @Override
    public int logLevel(String target) {
      return level;
    }

    @Override
    public void log(int level, String target, String function, String thread, String message) {
      assertThat(target).isEqualTo("flink_functions::measured");
      assertThat(function).isEqualTo("measure");
      assertThat(thread).isNull();
      lines.add(level + " " + message);
    }
  }
}
