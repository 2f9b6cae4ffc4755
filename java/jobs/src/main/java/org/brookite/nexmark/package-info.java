/** Nexmark's queries, as Flink SQL and as pipelines in Rust, on Flink embedded in one JVM. */
package org.brookite.nexmark;
