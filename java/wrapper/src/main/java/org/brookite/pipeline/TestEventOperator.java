package org.brookite.pipeline;

import java.io.IOException;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.brookite.RustJobException;
import org.brookite.proto.TestEvent;
import org.brookite.proto.TestRecord;
import org.brookite.proto.TestStreamNode;

/** Does, for each number that it is given, what the event of that number says. */
final class TestEventOperator<T> extends AbstractStreamOperator<T>
    implements OneInputStreamOperator<Long, T> {

  private static final long serialVersionUID = 1L;

  private final byte[] script;
  private final TypeSerializer<T> serializer;
  private final boolean watermarks;

  private transient TestStreamNode events;
  private transient MailboxExecutor mailbox;

  /**
   * Creates the operator.
   *
   * @param script a {@code TestStreamNode}
   * @param watermarks whether the job has any
   */
  TestEventOperator(byte[] script, TypeSerializer<T> serializer, boolean watermarks) {
    this.script = script;
    this.serializer = serializer;
    this.watermarks = watermarks;
  }

  @Override
  public void setMailboxExecutor(MailboxExecutor mailboxExecutor) {
    super.setMailboxExecutor(mailboxExecutor);
    mailbox = mailboxExecutor;
  }

  @Override
  public void open() throws Exception {
    super.open();
    events = TestStreamNode.parseFrom(script);
  }

  @Override
  public void processElement(StreamRecord<Long> number) throws Exception {
    TestEvent event = events.getEvents(number.getValue().intValue());
    switch (event.getEventCase()) {
      case RECORD:
        output.collect(record(event.getRecord()));
        break;
      case WATERMARK:
        if (watermarks) {
          output.emitWatermark(new Watermark(event.getWatermark()));
        }
        break;
      case PROCESSING_TIME_MS:
        waitFor(event.getProcessingTimeMs());
        break;
      case EVENT_NOT_SET:
        throw new RustJobException(
            String.format("event %d of a test stream says nothing", number.getValue()));
    }
  }

  private StreamRecord<T> record(TestRecord record) throws IOException {
    T value =
        serializer.deserialize(
            new DataInputDeserializer(record.getRecord().asReadOnlyByteBuffer()));
    return record.hasTimestamp()
        ? new StreamRecord<>(value, record.getTimestamp())
        : new StreamRecord<>(value);
  }

  /** Lets timers fire meanwhile: those of operators behind this one may be on the same thread. */
  private void waitFor(long milliseconds) throws Exception {
    boolean[] over = {false};
    long until = getProcessingTimeService().getCurrentProcessingTime() + milliseconds;
    getProcessingTimeService().registerTimer(until, time -> over[0] = true);
    while (!over[0]) {
      mailbox.yield();
    }
  }
}
