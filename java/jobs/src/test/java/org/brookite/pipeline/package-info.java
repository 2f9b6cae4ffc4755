/** Graphs of pipelines become jobs of Flink, and these run. */
package org.brookite.pipeline;
