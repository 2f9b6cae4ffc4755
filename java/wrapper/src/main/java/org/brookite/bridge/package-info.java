/**
 * The Java end of the JNI bridge: what native code sees of Java and Java of native code.
 *
 * <p>This package uses the JDK alone, so that it can be loaded by any class loader.
 */
package org.brookite.bridge;
