/** A job that loses TaskManagers and nothing else, and one whose state grows. */
package org.brookite.failover;
