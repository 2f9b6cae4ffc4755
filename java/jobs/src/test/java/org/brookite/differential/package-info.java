/**
 * The same random streams through Flink's own operators and through Rust's: the results are the
 * same.
 */
package org.brookite.differential;
