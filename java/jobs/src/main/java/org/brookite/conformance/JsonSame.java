package org.brookite.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Whether two JSON values mean the same value of a type.
 *
 * <p>Times may leave out seconds or trailing zeros. Java's sets and maps lose the order in which
 * their elements were written, so arrays may be compared without theirs.
 */
final class JsonSame {

  private static final List<Function<String, Object>> TIMES =
      List.of(Instant::parse, LocalDateTime::parse, LocalTime::parse, LocalDate::parse);

  private final boolean ordered;

  JsonSame(boolean ordered) {
    this.ordered = ordered;
  }

  /** Compares what was expected with what Flink read; numbers are as wide as the latter. */
  boolean same(JsonNode expected, JsonNode found) {
    if (expected.isNumber() && found.isNumber()) {
      return numbers(expected, found);
    } else if (expected.isTextual() && found.isTextual()) {
      return expected.equals(found) || times(expected.textValue(), found.textValue());
    } else if (expected.isArray() && found.isArray()) {
      return expected.size() == found.size()
          && (ordered ? inOrder(expected, found) : inAnyOrder(expected, found));
    } else if (expected.isObject() && found.isObject()) {
      return expected.size() == found.size()
          && expected.properties().stream()
              .allMatch(
                  field ->
                      found.has(field.getKey())
                          && same(field.getValue(), found.get(field.getKey())));
    }
    return expected.equals(found);
  }

  private static boolean numbers(JsonNode expected, JsonNode found) {
    if (found.isFloat()) {
      return Float.compare(expected.floatValue(), found.floatValue()) == 0;
    } else if (found.isDouble()) {
      return Double.compare(expected.doubleValue(), found.doubleValue()) == 0;
    }
    return expected.isIntegralNumber()
        && expected.bigIntegerValue().equals(found.bigIntegerValue());
  }

  private static boolean times(String expected, String found) {
    return TIMES.stream()
        .anyMatch(
            time -> {
              try {
                return time.apply(expected).equals(time.apply(found));
              } catch (DateTimeParseException e) {
                return false;
              }
            });
  }

  private boolean inOrder(JsonNode expected, JsonNode found) {
    for (int i = 0; i < expected.size(); i++) {
      if (!same(expected.get(i), found.get(i))) {
        return false;
      }
    }
    return true;
  }

  private boolean inAnyOrder(JsonNode expected, JsonNode found) {
    List<JsonNode> left = new ArrayList<>();
    found.forEach(left::add);
    for (JsonNode element : expected) {
      Stream<JsonNode> candidates = left.stream().filter(other -> same(element, other));
      JsonNode match = candidates.findFirst().orElse(null);
      // By identity: equal elements are matched once each.
      if (match == null || !removeSame(left, match)) {
        return false;
      }
    }
    return true;
  }

  private static boolean removeSame(List<JsonNode> nodes, JsonNode node) {
    for (int i = 0; i < nodes.size(); i++) {
      if (nodes.get(i) == node) {
        nodes.remove(i);
        return true;
      }
    }
    return false;
  }
}
