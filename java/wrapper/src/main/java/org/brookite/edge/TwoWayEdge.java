package org.brookite.edge;

/** An edge for values that look the same on their way in and on their way out. */
interface TwoWayEdge<T> extends InputEdge<T>, OutputEdge<T> {}
