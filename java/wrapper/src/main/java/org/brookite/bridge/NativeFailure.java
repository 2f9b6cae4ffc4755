package org.brookite.bridge;

/** A native call failed; the report says why. Created by native code. */
public final class NativeFailure extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final byte[] report;

  /**
   * Creates the failure.
   *
   * @param report a {@code Failure}, encoded in protobuf
   */
  public NativeFailure(byte[] report) {
    super("native call failed; see report");
    this.report = report;
  }

  /** Returns the {@code Failure}, encoded in protobuf. */
  public byte[] report() {
    return report;
  }
}
