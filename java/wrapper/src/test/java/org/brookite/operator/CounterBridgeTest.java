package org.brookite.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.brookite.RustJobException;
import org.junit.jupiter.api.Test;

class CounterBridgeTest {

  private final Map<String, Counter> registered = new HashMap<>();
  private final StageBuffers buffers = new StageBuffers();
  private final CounterBridge bridge =
      new CounterBridge(
          "counting",
          new UnregisteredMetricsGroup() {
            @Override
            public <C extends Counter> C counter(String name, C counter) {
              registered.put(name, counter);
              return counter;
            }
          },
          buffers.counters());

  @Test
  void showsWhatRustCounts() {
    assertThat(bridge.register("words")).isZero();
    assertThat(bridge.register("lines")).isEqualTo(1);
    assertThat(registered.get("lines").getCount()).isZero();

    buffers.counters().putLong(0, 7);
    buffers.counters().putLong(8, Long.MAX_VALUE);
    assertThat(registered.get("words").getCount()).isEqualTo(7);
    assertThat(registered.get("lines").getCount()).isEqualTo(Long.MAX_VALUE);
    assertThatThrownBy(() -> registered.get("words").inc())
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void refusesTwoOfOneName() {
    bridge.register("words");
    assertThatThrownBy(() -> bridge.register("words"))
        .isInstanceOf(RustJobException.class)
        .hasMessageContaining("operator 'counting' registers two counters of the name 'words'");
  }

  @Test
  void refusesOneTooMany() {
    for (int i = 0; i < CounterBridge.MAX_COUNTERS; i++) {
      assertThat(bridge.register("c" + i)).isEqualTo(i);
    }
    assertThatThrownBy(() -> bridge.register("last"))
        .isInstanceOf(RustJobException.class)
        .hasMessageContaining("expected at most 256, and 'last' is one more");
  }
}
