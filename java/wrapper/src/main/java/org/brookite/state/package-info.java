/**
 * The values that Rust functions keep in Flink's managed keyed state, as Flink stores them.
 *
 * <p>Flink stores bytes; Rust alone encodes and decodes them. What Flink does know is their type,
 * so that a savepoint is refused whose values the functions could not read.
 */
package org.brookite.state;
