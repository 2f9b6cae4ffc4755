/**
 * Edges: where values change sides between Java objects and bytes that Rust reads and writes.
 *
 * <p>The types that most records have come with an edge of their own, which copies their bytes and
 * nothing else; all others go through Flink's serializer. An edge makes no objects but the values
 * it returns. It is used by one thread.
 */
package org.brookite.edge;
