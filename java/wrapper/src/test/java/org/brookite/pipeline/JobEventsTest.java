package org.brookite.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.databind.JsonNode;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

/** How a job goes, in lines of JSON. */
class JobEventsTest {

  private final ByteArrayOutputStream written = new ByteArrayOutputStream();
  private final JobEvents events =
      new JobEvents(new PrintStream(written, true, StandardCharsets.UTF_8));
  private final JobID job = new JobID(1, 2);

  private JsonNode only() throws Exception {
    String text = written.toString(StandardCharsets.UTF_8);
    assertThat(text).endsWith("\n").doesNotMatch("(?s).*\n.*\n");
    return new ObjectMapper().readTree(text);
  }

  @Test
  void theEndTellsWhatWasCollected() throws Exception {
    events.finished(job, 12, Map.of("words", "AQID"), List.of());
    assertThat(only())
        .hasToString(
            "{\"state\":\"FINISHED\",\"job\":\""
                + job
                + "\",\"milliseconds\":12,"
                + "\"collected\":{\"words\":\"AQID\"},\"vertices\":[]}");
  }

  @Test
  void aFailureTellsItsCausesWithTheFirstOneLast() throws Exception {
    events.failed(job, new IllegalStateException("outside\n", new RuntimeException("inside")));
    JsonNode event = only();
    assertThat(event.get("state").asText()).isEqualTo("FAILED");
    assertThat(event.get("causes").get(0).get("message").asText()).isEqualTo("outside\n");
    assertThat(event.get("causes").get(1).get("class").asText())
        .isEqualTo("java.lang.RuntimeException");
    assertThat(event.get("stack").asText()).contains("inside");
  }

  @Test
  void whatIsPrintedIsAnEventForEachLine() throws Exception {
    PrintStream out = events.lines();
    out.print("ü");
    out.println(" \"quoted\"");
    out.flush();
    assertThat(only().get("output").asText()).isEqualTo("ü \"quoted\"");
  }

  @Test
  void aCancelledJobIsToldToo() throws Exception {
    events.ended(job, JobStatus.CANCELED);
    assertThat(only().get("state").asText()).isEqualTo("CANCELED");
  }
}
