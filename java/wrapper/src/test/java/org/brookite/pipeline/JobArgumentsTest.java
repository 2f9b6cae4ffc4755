package org.brookite.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.brookite.RustJobException;
import org.junit.jupiter.api.Test;

/** What a packaged pipeline takes on its command line. */
class JobArgumentsTest {

  private static void assertRefused(String message, boolean embedded, String... arguments) {
    assertThatThrownBy(() -> JobArguments.parse(arguments, embedded))
        .isInstanceOf(RustJobException.class)
        .hasMessageContaining(message);
  }

  @Test
  void optionsMayHaveAnyText() {
    assertThat(
            JobArguments.parse(new String[] {"-Dpipeline.name=a = b", "-Dempty="}, false)
                .options()
                .toMap())
        .containsEntry("pipeline.name", "a = b")
        .containsEntry("empty", "");
  }

  @Test
  void otherArgumentsAreRefused() {
    assertRefused("'--input' is no argument", false, "--input", "x");
    assertRefused("'--graph' is no argument", false, "--graph", "x");
    assertRefused("'--graph' is no argument", true, "--graph");
    assertRefused("'--pipeline' is no argument", false, "--pipeline");
    assertRefused("'-D=x' is no option", false, "-D=x");
    assertRefused("write -Dkey=value", false, "-Dparallelism.default");
    assertThat(JobArguments.parse(new String[] {"--attached"}, true).isAttached()).isTrue();
  }

  @Test
  void aJarWithoutPipelineIsNamedSo() {
    assertThatThrownBy(() -> JobArguments.parse(new String[0], false).job())
        .isInstanceOf(RustJobException.class)
        .hasMessageContaining("META-INF/brookite/pipeline.pb")
        .hasMessageContaining("no packaged pipeline");
    String[] absent = {"--graph", "/no/graph.pb"};
    assertThatThrownBy(() -> JobArguments.parse(absent, true).job())
        .isInstanceOf(RustJobException.class)
        .hasMessageContaining("/no/graph.pb");
  }
}
