package org.brookite;

import com.google.protobuf.InvalidProtocolBufferException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.brookite.proto.Failure;
import org.brookite.proto.FailureKind;

/**
 * A stage of Rust functions failed while the job ran.
 *
 * <p>The message is for people: it names the function, the stage, the subtask, what was going on
 * and the record at hand, and ends with the Rust backtrace. The getters are for programs.
 */
public final class RustFunctionException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String function;
  private final String stage;
  private final String phase;
  private final FailureKind kind;
  private final String input;
  private final String rustBacktrace;
  private final ArrayList<String> causes;

  /** Creates the exception for a failure. */
  public RustFunctionException(Failure failure) {
    super(FailureText.of(failure));
    function = failure.getFunction();
    stage = failure.getStage();
    phase = failure.getPhase();
    kind = failure.getKind();
    input = failure.getInput();
    rustBacktrace = failure.getBacktrace();
    causes = new ArrayList<>(failure.getCausesList());
  }

  /**
   * Creates the exception for a failure as native code reports it.
   *
   * @param report a {@code Failure}, encoded in protobuf
   */
  public static RustFunctionException fromReport(byte[] report) {
    try {
      return new RustFunctionException(Failure.parseFrom(report));
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("native code reported a failure that cannot be read", e);
    }
  }

  /** The function at fault; empty when the failure lies before any function. */
  public String function() {
    return function;
  }

  /** The stage: the operator's name. */
  public String stage() {
    return stage;
  }

  /** What was going on: build, open, process, flush, finish or close. */
  public String phase() {
    return phase;
  }

  /** What sort of failure it was. */
  public FailureKind kind() {
    return kind;
  }

  /** The record at hand, abbreviated; empty when there was none. */
  public String input() {
    return input;
  }

  /** The backtrace of the failure in Rust; empty when there is none. */
  public String rustBacktrace() {
    return rustBacktrace;
  }

  /** The sources of the error in Rust, outermost first. */
  public List<String> causes() {
    return Collections.unmodifiableList(causes);
  }
}
