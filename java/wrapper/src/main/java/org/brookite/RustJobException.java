package org.brookite;

/**
 * A job asks for something that its Rust library does not offer, or the library cannot be used.
 *
 * <p>Thrown while the job is built wherever the mistake can be seen then; on a TaskManager only
 * when the library found there is not the one that the job was built with.
 */
public final class RustJobException extends IllegalArgumentException {

  private static final long serialVersionUID = 1L;

  /** Creates the exception with a message for people. */
  public RustJobException(String message) {
    super(message);
  }

  /** Creates the exception with a message for people and what led to it. */
  public RustJobException(String message, Throwable cause) {
    super(message, cause);
  }
}
