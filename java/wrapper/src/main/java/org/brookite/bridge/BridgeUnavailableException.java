package org.brookite.bridge;

/** The bridge library cannot be loaded; the message says for which platform and what is missing. */
public final class BridgeUnavailableException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  BridgeUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
