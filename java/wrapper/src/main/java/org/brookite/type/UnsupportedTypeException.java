package org.brookite.type;

/** A type that has no counterpart on the other side; the message says which and why. */
public final class UnsupportedTypeException extends IllegalArgumentException {

  private static final long serialVersionUID = 1L;

  UnsupportedTypeException(String message) {
    super(message);
  }
}
