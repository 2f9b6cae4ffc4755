/**
 * The values that Rust functions keep in Flink's managed state, as Flink stores them.
 *
 * <p>Flink stores bytes; Rust alone encodes and decodes them. What Flink does keep is their type,
 * or their types when it has changed, so that Rust can read old values, and can turn down those
 * that it cannot read before the first record.
 */
package org.brookite.state;
