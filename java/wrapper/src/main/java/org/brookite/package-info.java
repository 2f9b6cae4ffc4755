/**
 * Rust functions in Flink jobs: a {@link org.brookite.RustLibrary} is opened while the job is
 * built, put {@code on} a stream, and {@code call}ed.
 */
package org.brookite;
