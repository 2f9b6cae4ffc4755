package org.brookite.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.brookite.RustJobException;
import org.brookite.proto.PipelineCall;
import org.brookite.proto.PipelineGraph;
import org.brookite.proto.PipelineNode;
import org.brookite.proto.PipelineStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which graph of a jar is run. */
class PackagedGraphsTest {

  @TempDir Path jar;

  private void write(String entry, byte[] content) throws IOException {
    Path file = jar.resolve(entry);
    Files.createDirectories(file.getParent());
    Files.write(file, content);
  }

  private void named(String... names) throws IOException {
    write(PackagedGraphs.NAMES, (String.join("\n", names) + "\n").getBytes(StandardCharsets.UTF_8));
    for (String name : names) {
      write("META-INF/brookite/pipelines/" + name + ".pb", name.getBytes(StandardCharsets.UTF_8));
    }
  }

  private String graph(String name) throws IOException {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    try (URLClassLoader loader =
        new URLClassLoader(new URL[] {jar.toUri().toURL()}, getClass().getClassLoader())) {
      thread.setContextClassLoader(loader);
      return PackagedGraphs.text(PackagedGraphs.ofThisThread().graph(name));
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  @Test
  void oneOfSeveralIsAskedForByItsName() throws IOException {
    named("words", "top 10");
    assertThat(graph("words")).isEqualTo("words");
    assertThat(graph("top 10")).isEqualTo("top 10");
    assertThatThrownBy(() -> graph(null))
        .isInstanceOf(RustJobException.class)
        .hasMessageContaining("--pipeline NAME")
        .hasMessageEndingWith("one of words, top 10");
    assertThatThrownBy(() -> graph("../words"))
        .isInstanceOf(RustJobException.class)
        .hasMessage("the jar has no pipeline '../words'; it has words, top 10");
  }

  @Test
  void anOnlyOneNeedsNoName() throws IOException {
    named("words");
    assertThat(graph(null)).isEqualTo("words");
  }

  @Test
  void theOneWithoutANameMayBeAskedForByThatOfItsProgram() throws IOException {
    PipelineGraph graph =
        PipelineGraph.newBuilder()
            .setVersion(PipelineGraphs.VERSION)
            .setName("words")
            .addNodes(
                PipelineNode.newBuilder().setUid("lines").setUrn("brookite:node:text_files:v1"))
            .addStages(PipelineStage.newBuilder().setUid("lines").addNodes("lines"))
            .setOrigin(PipelineCall.newBuilder().setPipeline("words"))
            .build();
    write(PackagedGraphs.GRAPH, graph.toByteArray());
    assertThat(graph("words")).isEqualTo(graph(null));
    assertThatThrownBy(() -> graph("top"))
        .isInstanceOf(RustJobException.class)
        .hasMessage("the jar has no pipeline 'top'; it has words");
  }
}
