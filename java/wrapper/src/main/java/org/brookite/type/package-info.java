/**
 * How Flink's types and the types of Rust functions correspond, and whether they fit each other.
 */
package org.brookite.type;
