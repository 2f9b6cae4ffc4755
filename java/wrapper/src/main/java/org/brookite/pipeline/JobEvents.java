package org.brookite.pipeline;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.runtime.executiongraph.AccessExecutionJobVertex;
import org.apache.flink.runtime.executiongraph.AccessExecutionVertex;
import org.apache.flink.runtime.executiongraph.IOMetrics;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.core.JsonProcessingException;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.databind.ObjectMapper;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.databind.node.ArrayNode;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Tells a program how a job goes, one JSON object in each line.
 *
 * <pre>
 * {"state":"RUNNING","job":"<id>","name":"..","rest":"http://.."}
 * {"output":"a line that the job printed"}
 * {"state":"FINISHED","job":"<id>","milliseconds":1234,"collected":{"<sink>":"<Base64>"},
 *  "vertices":[{"name":"..","parallelism":2,"in":7,"out":9},..]}
 * {"state":"FAILED","job":"<id>","causes":[{"class":"..","message":".."},..],"stack":".."}
 * {"state":"CANCELED","job":"<id>"}
 * {"state":"REFUSED","causes":[..],"stack":".."}
 * </pre>
 *
 * <p>Causes are in the order of Java's, so that the last one is what went wrong in the first place.
 * Records are as {@link CollectedRecords} has them.
 */
final class JobEvents {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final PrintStream out;

  JobEvents(PrintStream out) {
    this.out = out;
  }

  /** Takes standard output for itself: what else is printed becomes events. */
  static JobEvents onStandardOutput() {
    JobEvents events = new JobEvents(System.out);
    System.setOut(events.lines());
    return events;
  }

  /** Makes an event of each line that is printed. */
  PrintStream lines() {
    return new PrintStream(new Lines(), true, StandardCharsets.UTF_8);
  }

  void running(JobID job, String name, URI rest) {
    write(state(JobStatus.RUNNING, job).put("name", name).put("rest", rest.toString()));
  }

  void finished(
      JobID job,
      long milliseconds,
      Map<String, String> collected,
      Iterable<? extends AccessExecutionJobVertex> vertices) {
    System.out.flush();
    ObjectNode event = state(JobStatus.FINISHED, job).put("milliseconds", milliseconds);
    ObjectNode sinks = event.putObject("collected");
    collected.forEach(sinks::put);
    ArrayNode counts = event.putArray("vertices");
    vertices.forEach(vertex -> count(vertex, counts.addObject()));
    write(event);
  }

  /** Tells what the tasks of a vertex read from other ones, and wrote for them. */
  private static void count(AccessExecutionJobVertex vertex, ObjectNode told) {
    long in = 0;
    long out = 0;
    for (AccessExecutionVertex task : vertex.getTaskVertices()) {
      IOMetrics metrics = task.getCurrentExecutionAttempt().getIOMetrics();
      if (metrics != null) {
        in += metrics.getNumRecordsIn();
        out += metrics.getNumRecordsOut();
      }
    }
    told.put("name", vertex.getName()).put("parallelism", vertex.getParallelism());
    told.put("in", in).put("out", out);
  }

  void failed(JobID job, Throwable failure) {
    write(explain(state(JobStatus.FAILED, job), failure));
  }

  void ended(JobID job, JobStatus state) {
    write(state(state, job));
  }

  void refused(Throwable failure) {
    write(explain(JSON.createObjectNode().put("state", "REFUSED"), failure));
  }

  private static ObjectNode state(JobStatus state, JobID job) {
    return JSON.createObjectNode().put("state", state.name()).put("job", job.toHexString());
  }

  private static ObjectNode explain(ObjectNode event, Throwable failure) {
    ArrayNode causes = event.putArray("causes");
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      causes
          .addObject()
          .put("class", cause.getClass().getName())
          .put("message", cause.getMessage());
    }
    StringWriter stack = new StringWriter();
    failure.printStackTrace(new PrintWriter(stack));
    return event.put("stack", stack.toString());
  }

  private synchronized void write(ObjectNode event) {
    try {
      out.println(JSON.writeValueAsString(event));
      out.flush();
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of texts and numbers cannot fail to be JSON", e);
    }
  }

  /** Makes an event of each line. */
  private final class Lines extends OutputStream {

    private final ByteArrayOutputStream line = new ByteArrayOutputStream();

    @Override
    public synchronized void write(int character) {
      if (character == '\n') {
        JobEvents.this.write(
            JSON.createObjectNode().put("output", line.toString(StandardCharsets.UTF_8)));
        line.reset();
      } else {
        line.write(character);
      }
    }
  }
}
