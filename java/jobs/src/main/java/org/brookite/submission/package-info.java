/** A job that the tests of the client submit to a cluster. */
package org.brookite.submission;
