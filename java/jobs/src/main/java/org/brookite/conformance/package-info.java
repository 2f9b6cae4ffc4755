/**
 * Flink's side of the proof that both sides write the same bytes.
 *
 * <p>{@link org.brookite.conformance.GoldenFile} writes values of every type with Flink's own
 * serializers, for Rust to read and to write again; {@link org.brookite.conformance.CheckFile} does
 * the same to a file that Rust has written. A line of such a file is a type, the bytes of a value
 * in hexadecimal, and the value as JSON, with tabs between them.
 */
package org.brookite.conformance;
