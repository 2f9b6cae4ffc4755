package org.brookite.operator;

import java.util.HashMap;
import java.util.Map;
import org.brookite.bridge.StageHost;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Passes a stage's log messages to SLF4J.
 *
 * <p>A logger is named after the Rust module, with dots for colons, so that logging is configured
 * for Rust as for Java; the text begins with the operator and its subtask.
 */
final class LogBridge {

  private final String origin;
  private final Map<String, Logger> loggers = new HashMap<>();

  /**
   * Creates the bridge.
   *
   * @param origin what every text begins with
   */
  LogBridge(String origin) {
    this.origin = origin;
  }

  /** Logs a message; {@code level} is one of {@link StageHost}'s. */
  void log(int level, String target, String message) {
    Logger logger =
        loggers.computeIfAbsent(target, name -> LoggerFactory.getLogger(name.replace("::", ".")));
    switch (level) {
      case StageHost.LEVEL_ERROR:
        logger.error("{}: {}", origin, message);
        break;
      case StageHost.LEVEL_WARN:
        logger.warn("{}: {}", origin, message);
        break;
      case StageHost.LEVEL_INFO:
        logger.info("{}: {}", origin, message);
        break;
      case StageHost.LEVEL_DEBUG:
        logger.debug("{}: {}", origin, message);
        break;
      case StageHost.LEVEL_TRACE:
        logger.trace("{}: {}", origin, message);
        break;
      default:
        throw new IllegalArgumentException(
            String.format("unknown log level %d: expected 1 (error) to 5 (trace)", level));
    }
  }
}
