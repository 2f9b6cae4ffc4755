package org.brookite.pipeline;

import org.apache.flink.api.common.TaskInfo;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Prints as Flink's own print sinks do: with the prefix, and the subtask where there are several.
 */
final class PrintOperator<T> extends AbstractStreamOperator<Void>
    implements OneInputStreamOperator<T, Void> {

  private static final long serialVersionUID = 1L;

  private final String prefix;
  private final RecordText text;

  private transient String head;

  PrintOperator(String prefix, RecordText text) {
    this.prefix = prefix;
    this.text = text;
  }

  @Override
  public void open() throws Exception {
    super.open();
    TaskInfo task = getRuntimeContext().getTaskInfo();
    String subtask =
        task.getNumberOfParallelSubtasks() > 1
            ? String.valueOf(task.getIndexOfThisSubtask() + 1)
            : "";
    String separator = prefix.isEmpty() || subtask.isEmpty() ? "" : ":";
    head = prefix + separator + subtask + (prefix.isEmpty() && subtask.isEmpty() ? "" : "> ");
    text.open(getUserCodeClassloader());
  }

  @Override
  public void processElement(StreamRecord<T> element) {
    System.out.println(head + text.of(element.getValue()));
  }
}
