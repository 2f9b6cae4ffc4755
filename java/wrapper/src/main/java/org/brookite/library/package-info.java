/**
 * Finding, identifying and opening plugin libraries.
 *
 * <p>A library is known by the SHA-256 of its content. The job graph carries where it came from and
 * the hash; every JVM opens a private copy whose path contains the hash, so that replacing the
 * original neither changes a running job nor pulls a mapped file away under it.
 */
package org.brookite.library;
