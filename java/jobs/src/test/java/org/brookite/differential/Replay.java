package org.brookite.differential;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.flink.api.dag.Transformation;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.api.java.tuple.Tuple5;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;

/**
 * Hands events to an operator. Now and then there is a checkpoint, and after some of them the
 * operator fails and starts again from there.
 */
final class Replay {

  /** One checkpoint in so many events. */
  private static final int CHECKPOINTS = 100;

  /** So many events at most come between a checkpoint and a failure. */
  private static final int LOST = 30;

  /** The clock of the machine is so much ahead of the watermark. */
  private static final long CLOCK = 10_000;

  private final TestedOperator<Tuple2<Long, Long>> operator;
  private final List<String> told = new ArrayList<>();

  /** The last watermark of each input. */
  private long[] watermarks = {RandomEvents.NO_WATERMARK, RandomEvents.NO_WATERMARK};

  private Replay(TestedOperator<Tuple2<Long, Long>> operator) {
    this.operator = operator;
  }

  /**
   * What the operator tells, one text for each event with the watermark behind it, and in each the
   * results in alphabetic order: which of two timers of the same time comes first is nobody's
   * promise.
   */
  static List<String> run(
      Transformation<?> transformation,
      RandomEvents events,
      long seed,
      String backend,
      List<OutputTag<?>> sides)
      throws Exception {
    try (var operator = new TestedOperator<Tuple2<Long, Long>>(transformation, backend, sides)) {
      Replay replay = new Replay(operator);
      replay.all(events.events, new Random(seed));
      return replay.told;
    }
  }

  private void all(List<Tuple5<Integer, Long, Long, Long, Long>> events, Random random)
      throws Exception {
    for (int at = 0; at < events.size(); at++) {
      give(events.get(at));
      note("event " + events.get(at));
      if (random.nextInt(CHECKPOINTS) == 0) {
        OperatorSubtaskState snapshot = operator.checkpoint(at);
        note("checkpoint");
        if (random.nextBoolean()) {
          int failure = Math.min(events.size(), at + 1 + random.nextInt(LOST));
          long[] before = watermarks.clone();
          for (Tuple5<Integer, Long, Long, Long, Long> lost : events.subList(at + 1, failure)) {
            give(lost);
          }
          watermarks = before;
          operator.restart(snapshot);
          resume();
          note("restored");
        }
      }
    }
    operator.watermark(0, Long.MAX_VALUE);
    operator.watermark(1, Long.MAX_VALUE);
    note("end");
  }

  /**
   * Sends the last watermark once more. Flink's operators do not know it after a failure, and
   * Flink's windows forget until then that they have fired; triggers like Beam's remember.
   */
  private void resume() throws Exception {
    for (int input = 0; input < watermarks.length; input++) {
      if (watermarks[input] != RandomEvents.NO_WATERMARK) {
        operator.watermark(input, watermarks[input]);
      }
    }
  }

  private void give(Tuple5<Integer, Long, Long, Long, Long> event) throws Exception {
    operator.process(event.f0, new StreamRecord<>(Tuple2.of(event.f1, event.f2), event.f3));
    if (event.f4 != RandomEvents.NO_WATERMARK) {
      operator.clock(CLOCK + event.f4);
      operator.watermark(event.f0, event.f4);
      watermarks[operator.hasOneInput() ? 0 : event.f0] = event.f4;
    }
  }

  /** Writes down what was told since the last time. */
  private void note(String when) {
    List<String> results = new ArrayList<>();
    operator.take().forEach(record -> results.add(text(record)));
    for (OutputTag<?> side : operator.sides()) {
      operator
          .take(side)
          .forEach(record -> results.add(side.getId() + ": " + Told.text(record.getValue())));
    }
    results.sort(null);
    told.add(when + ": " + results);
  }

  private static String text(StreamRecord<?> record) {
    return Told.text(record.getValue(), record.hasTimestamp() ? record.getTimestamp() : null);
  }
}
