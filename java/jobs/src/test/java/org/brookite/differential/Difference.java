package org.brookite.differential;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** How two multisets differ. */
final class Difference {

  /** So many records say what is wrong. */
  private static final int SHOWN = 12;

  private Difference() {}

  /** Says what Rust told more often than Flink (+) and less often (-), if anything. */
  static Optional<String> between(Map<String, Integer> flink, Map<String, Integer> rust) {
    Map<String, Integer> difference = new TreeMap<>(rust);
    flink.forEach((record, times) -> difference.merge(record, -times, Integer::sum));
    difference.values().removeIf(times -> times == 0);
    if (difference.isEmpty()) {
      return Optional.empty();
    }
    StringBuilder text = new StringBuilder();
    text.append(difference.size()).append(" records differ, of ").append(flink.size());
    difference.entrySet().stream()
        .limit(SHOWN)
        .forEach(
            entry -> text.append(String.format("%n  %+d %s", entry.getValue(), entry.getKey())));
    return Optional.of(text.toString());
  }
}
