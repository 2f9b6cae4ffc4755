/**
 * Functions in Rust measured against the same functions in Java, inside embedded Flink.
 *
 * <p>A {@link org.brookite.bench.Workload} is one function in both languages with records to feed
 * it; {@link org.brookite.bench.Bench} runs one workload's variants in turns.
 */
package org.brookite.bench;
