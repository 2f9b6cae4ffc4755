package org.brookite.operator;

import java.io.IOException;
import org.apache.flink.streaming.api.operators.InternalTimer;
import org.apache.flink.streaming.api.operators.InternalTimerService;
import org.apache.flink.streaming.api.operators.Triggerable;
import org.brookite.edge.OffHeapBuffer;

/**
 * The timers of a stage, kept in Flink's timer service: they are part of checkpoints, and a key has
 * one for each time, domain and namespace.
 */
final class TimerBridge<K, N> implements Triggerable<K, N> {

  private final Namespaces<N> namespaces;
  private final AbstractRustKeyedOperator<K, ?> operator;

  private InternalTimerService<N> service;

  TimerBridge(Namespaces<N> namespaces, AbstractRustKeyedOperator<K, ?> operator) {
    this.namespaces = namespaces;
    this.operator = operator;
  }

  /** Goes on with the service that fires the timers here. */
  void open(InternalTimerService<N> service) {
    this.service = service;
  }

  /** Registers or deletes a timer of the operator's current key. */
  void set(OffHeapBuffer out, TimerFrame frame) {
    N namespace = namespaces.read(out, frame.namespaceOffset(), frame.namespaceLength());
    if (frame.eventTime()) {
      if (frame.delete()) {
        service.deleteEventTimeTimer(namespace, frame.time());
      } else {
        service.registerEventTimeTimer(namespace, frame.time());
      }
    } else if (frame.delete()) {
      service.deleteProcessingTimeTimer(namespace, frame.time());
    } else {
      service.registerProcessingTimeTimer(namespace, frame.time());
    }
  }

  @Override
  public void onEventTime(InternalTimer<K, N> timer) throws IOException {
    operator.fire(RustStage.EVENT_TIME, timer, namespaces);
  }

  @Override
  public void onProcessingTime(InternalTimer<K, N> timer) throws IOException {
    operator.fire(RustStage.PROCESSING_TIME, timer, namespaces);
  }
}
