/** Jobs that call Rust functions, each small enough to read at one go. */
package org.brookite.examples;
