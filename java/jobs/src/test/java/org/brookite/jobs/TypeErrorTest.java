package org.brookite.jobs;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.brookite.RustJobException;
import org.junit.jupiter.api.Test;

/** Types that do not fit are refused while the job is built: expected and found are named. */
class TypeErrorTest {
  private final DataStream<Long> numbers = Clusters.environment(1).fromSequence(1, 3);
  private final DataStream<String> lines = Clusters.environment(1).fromData("a line");

  private static AbstractThrowableAssert<?, ? extends Throwable> refused(ThrowingCallable build) {
    return assertThatThrownBy(build).isInstanceOf(RustJobException.class);
  }

  @Test
  void theStreamHasAnotherType() {
    refused(() -> Plugins.WORD_COUNT.on(numbers).call("split").stream())
        .hasMessageContaining("split")
        .hasMessageContaining("STRING")
        .hasMessageContaining("BIGINT");
  }

  @Test
  void theResultHasAnotherType() {
    refused(() -> Plugins.WORD_COUNT.on(lines).call("split").as(Types.LONG))
        .hasMessageContaining("split")
        .hasMessageContaining("STRING")
        .hasMessageContaining("BIGINT");
  }

  @Test
  void theFunctionNeedsKeys() {
    refused(() -> Plugins.WORD_COUNT.on(lines).call("count").stream())
        .hasMessageContaining("count")
        .hasMessageContaining("key");
  }

  @Test
  void theFunctionHasNoKeys() {
    refused(() -> Plugins.WORD_COUNT.on(lines.keyBy(line -> line)).call("split").stream())
        .hasMessageContaining("split")
        .hasMessageContaining("key");
  }

  @Test
  void theKeyHasAnotherType() {
    refused(() -> Plugins.WORD_COUNT.on(lines.keyBy(String::length)).call("count").stream())
        .hasMessageContaining("count")
        .hasMessageContaining("STRING")
        .hasMessageContaining("INT");
  }

  @Test
  void theFunctionsDoNotFitEachOther() {
    refused(() -> Plugins.FLINK_FUNCTIONS.on(lines).call("echo_string", "echo_long").stream())
        .hasMessageContaining("echo_string")
        .hasMessageContaining("echo_long");
  }
}
