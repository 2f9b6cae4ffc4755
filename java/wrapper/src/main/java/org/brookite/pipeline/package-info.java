/**
 * Runs whole pipelines that were written in Rust: their graphs become jobs of Flink's DataStream
 * API.
 *
 * <p>{@link org.brookite.pipeline.PipelineMain} is the entry of a packaged job, {@link
 * org.brookite.pipeline.EmbeddedMain} runs one in its own JVM. Both read the graph ({@link
 * org.brookite.pipeline.PipelineGraphs}) and have {@link org.brookite.pipeline.Translator} add its
 * nodes to a job, of which one class each knows how: functions go through {@link
 * org.brookite.RustLibrary}, as they do in a job that was written in Java; connectors through
 * Flink's Table API.
 */
package org.brookite.pipeline;
