package org.brookite.differential;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.brookite.Trigger;
import org.brookite.Windows;

/** The windows of a case. */
final class CaseWindows {
  private CaseWindows() {}

  static Windows read(JsonNode json) {
    Windows windows = kind(json);
    if (json.has("trigger") && !json.has("keepLast")) {
      windows = windows.trigger(trigger(json.get("trigger")));
    }
    if (json.path("discarding").asBoolean()) {
      windows = windows.discarding();
    }
    if (json.has("allowedLateness")) {
      windows = windows.allowedLateness(millis(json.get("allowedLateness")));
    }
    if (json.path("timestamp").asText().equals("earliest")) {
      windows = windows.earliestTimestamp();
    } else if (json.path("timestamp").asText().equals("latest")) {
      windows = windows.latestTimestamp();
    }
    if (json.path("fireEmpty").asBoolean()) {
      windows = windows.fireEmptyOnTime();
    }
    if (json.path("processingTime").asBoolean()) {
      windows = windows.processingTime();
    }
    return json.has("late") ? windows.lateTo(json.get("late").asText()) : windows;
  }

  private static Windows kind(JsonNode json) {
    if (json.has("tumbling")) {
      JsonNode tumbling = json.get("tumbling");
      return offset(Windows.tumbling(millis(tumbling.get("size"))), tumbling);
    }
    if (json.has("sliding")) {
      JsonNode sliding = json.get("sliding");
      return offset(
          Windows.sliding(millis(sliding.get("size")), millis(sliding.get("slide"))), sliding);
    }
    if (json.has("session")) {
      return Windows.session(millis(json.get("session")));
    }
    if (json.has("named")) {
      JsonNode named = json.get("named");
      byte[] payload = named.path("payload").asText().getBytes(StandardCharsets.UTF_8);
      return Windows.named(named.get("function").asText(), payload);
    }
    if (json.has("keepLast")) {
      long slide = json.at("/trigger/repeatedly/afterCount").asLong();
      return Windows.count(json.get("keepLast").asInt(), slide);
    }
    return Windows.global();
  }

  private static Windows offset(Windows windows, JsonNode json) {
    return json.has("offset") ? windows.offset(millis(json.get("offset"))) : windows;
  }

  private static Duration millis(JsonNode json) {
    return Duration.ofMillis(json.asLong());
  }

  private static Trigger trigger(JsonNode json) {
    if (json.isTextual()) {
      return Trigger.never();
    }
    String kind = json.fieldNames().next();
    JsonNode value = json.get(kind);
    switch (kind) {
      case "afterWatermark":
        Trigger watermark = Trigger.afterWatermark();
        watermark = value.has("early") ? watermark.early(trigger(value.get("early"))) : watermark;
        return value.has("late") ? watermark.late(trigger(value.get("late"))) : watermark;
      case "afterProcessingTime":
        return Trigger.afterProcessingTime(millis(value));
      case "afterCount":
        return Trigger.afterCount(value.asLong());
      case "repeatedly":
        return trigger(value).repeatedly();
      case "afterEach":
        return Trigger.each(all(value));
      case "afterAny":
        return Trigger.any(all(value));
      case "afterAll":
        return Trigger.all(all(value));
      case "orFinally":
        return trigger(value.get("body")).orFinally(trigger(value.get("last")));
      default:
        throw new IllegalArgumentException("no such trigger: " + kind);
    }
  }

  private static Trigger[] all(JsonNode list) {
    List<Trigger> triggers = new ArrayList<>();
    list.forEach(trigger -> triggers.add(trigger(trigger)));
    return triggers.toArray(new Trigger[0]);
  }
}
