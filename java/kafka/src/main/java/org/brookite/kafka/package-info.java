/** A client of Kafka's broker, which the tests drive. */
package org.brookite.kafka;
