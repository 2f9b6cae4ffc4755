package org.brookite.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.Logger;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Configurator;
import org.apache.logging.log4j.core.config.Property;
import org.brookite.bridge.StageHost;
import org.junit.jupiter.api.Test;

class LogBridgeTest {

  private static final class Capture extends AbstractAppender {

    final List<String> lines = new ArrayList<>();

    Capture() {
      super("capture", null, null, true, Property.EMPTY_ARRAY);
      start();
    }

    @Override
    public void append(LogEvent event) {
      lines.add(
          event.getLevel()
              + " "
              + event.getLoggerName()
              + " "
              + event.getMessage().getFormattedMessage());
    }
  }

  private static Capture capture(String logger, Level level) {
    Logger captured = (Logger) LogManager.getLogger(logger);
    Configurator.setLevel(logger, level);
    captured.setAdditive(false);
    Capture capture = new Capture();
    captured.addAppender(capture);
    return capture;
  }

  @Test
  void logsUnderTheNameOfTheRustModule() {
    Capture capture = capture("word_count.split", Level.TRACE);
    String target = "word_count::split";
    LogBridge log = new LogBridge("split (1/2)");
    log.log(StageHost.LEVEL_ERROR, target, "split", null, "one {}");
    log.log(StageHost.LEVEL_WARN, target, "split", null, "two");
    log.log(StageHost.LEVEL_INFO, target, null, null, "three");
    log.log(StageHost.LEVEL_DEBUG, target, null, "poller", "four");
    log.log(StageHost.LEVEL_TRACE, target, "split", null, "five");

    assertThat(capture.lines)
        .containsExactly(
            "ERROR word_count.split [split (1/2)] split: one {}",
            "WARN word_count.split [split (1/2)] split: two",
            "INFO word_count.split [split (1/2)]: three",
            "DEBUG word_count.split thread 'poller': four",
            "TRACE word_count.split [split (1/2)] split: five");
  }

  @Test
  void theLevelIsThatOfTheLoggerNow() {
    LogBridge log = new LogBridge("x");
    Level[] levels = {Level.OFF, Level.ERROR, Level.WARN, Level.INFO, Level.DEBUG, Level.TRACE};
    for (int level = 0; level < levels.length; level++) {
      Configurator.setLevel("word_count.level", levels[level]);
      assertThat(log.level("word_count::level")).isEqualTo(level);
    }
  }

  @Test
  void refusesAnUnknownLevel() {
    assertThatThrownBy(() -> new LogBridge("x").log(6, "a", null, null, "b"))
        .hasMessageContaining("unknown log level 6");
  }
}
