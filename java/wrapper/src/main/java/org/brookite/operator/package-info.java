/**
 * Flink operators that run a stage of Rust functions.
 *
 * <p>A record crosses into Rust by one call: the operator writes key and record to the in buffer,
 * calls {@link org.brookite.operator.RustStage#process}, and applies the frames that the call left
 * in the out buffer, which are results to emit, here or aside, changes of state to store and timers
 * to set. A timer that fires crosses likewise, and so does every watermark. Everything happens on
 * the task's thread.
 */
package org.brookite.operator;
