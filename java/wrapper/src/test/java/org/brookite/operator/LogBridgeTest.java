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

  @Test
  void logsUnderTheNameOfTheRustModule() {
    Logger logger = (Logger) LogManager.getLogger("word_count.split");
    Configurator.setLevel("word_count.split", Level.TRACE);
    logger.setAdditive(false);
    Capture capture = new Capture();
    logger.addAppender(capture);

    LogBridge log = new LogBridge("split (1/2)");
    log.log(StageHost.LEVEL_ERROR, "word_count::split", "one {}");
    log.log(StageHost.LEVEL_WARN, "word_count::split", "two");
    log.log(StageHost.LEVEL_INFO, "word_count::split", "three");
    log.log(StageHost.LEVEL_DEBUG, "word_count::split", "four");
    log.log(StageHost.LEVEL_TRACE, "word_count::split", "five");

    assertThat(capture.lines)
        .containsExactly(
            "ERROR word_count.split split (1/2): one {}",
            "WARN word_count.split split (1/2): two",
            "INFO word_count.split split (1/2): three",
            "DEBUG word_count.split split (1/2): four",
            "TRACE word_count.split split (1/2): five");
  }

  @Test
  void refusesAnUnknownLevel() {
    assertThatThrownBy(() -> new LogBridge("x").log(6, "a", "b"))
        .hasMessageContaining("unknown log level 6");
  }
}
