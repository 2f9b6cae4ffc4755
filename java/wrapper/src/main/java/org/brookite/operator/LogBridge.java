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
 * for Rust as for Java. The text begins with who logged it: {@code [operator (1/4)] function:
 * text}. A message of a thread that a function started belongs to no operator; it begins with the
 * name of the thread.
 */
final class LogBridge {

  private final String operator;
  private final Map<String, Logger> loggers = new HashMap<>();

  /**
   * Creates the bridge.
   *
   * @param operator names the operator and its subtask
   */
  LogBridge(String operator) {
    this.operator = operator;
  }

  /** Returns the most verbose level that is logged of a target, 0 for none. */
  int level(String target) {
    Logger logger = logger(target);
    if (logger.isTraceEnabled()) {
      return StageHost.LEVEL_TRACE;
    } else if (logger.isDebugEnabled()) {
      return StageHost.LEVEL_DEBUG;
    } else if (logger.isInfoEnabled()) {
      return StageHost.LEVEL_INFO;
    } else if (logger.isWarnEnabled()) {
      return StageHost.LEVEL_WARN;
    } else if (logger.isErrorEnabled()) {
      return StageHost.LEVEL_ERROR;
    }
    return StageHost.LEVEL_OFF;
  }

  /** Logs a message; see {@link StageHost#log}. */
  void log(int level, String target, String function, String thread, String message) {
    Logger logger = logger(target);
    String origin = origin(function, thread);
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

  private Logger logger(String target) {
    return loggers.computeIfAbsent(
        target, name -> LoggerFactory.getLogger(name.replace("::", ".")));
  }

  private String origin(String function, String thread) {
    if (thread != null) {
      return "thread '" + thread + "'";
    }
    String stage = "[" + operator + "]";
    return function == null ? stage : stage + " " + function;
  }
}
