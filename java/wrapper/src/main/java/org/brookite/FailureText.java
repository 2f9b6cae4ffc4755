package org.brookite;

import org.brookite.proto.Failure;
import org.brookite.proto.FailureKind;
import org.brookite.proto.Subtask;

/** Tells a failure to people: who, where, when, what, why. */
final class FailureText {

  private FailureText() {}

  static String of(Failure failure) {
    StringBuilder text = new StringBuilder();
    String stage = "stage '" + failure.getStage() + "'" + subtask(failure);
    if (failure.getFunction().isEmpty()) {
      text.append("Rust ").append(stage).append(' ').append(verb(failure.getKind()));
    } else {
      text.append("Rust function '").append(failure.getFunction()).append("' ");
      text.append(verb(failure.getKind())).append(" in ").append(stage);
    }
    text.append(occasion(failure)).append(": ").append(failure.getMessage());
    if (!failure.getLocation().isEmpty()) {
      text.append("\n  at ").append(failure.getLocation());
    }
    for (String cause : failure.getCausesList()) {
      text.append("\n  caused by: ").append(cause);
    }
    if (!failure.getBacktrace().isEmpty()) {
      text.append("\nRust backtrace:\n").append(failure.getBacktrace());
    }
    return text.toString();
  }

  private static String subtask(Failure failure) {
    if (!failure.hasSubtask()) {
      return "";
    }
    Subtask subtask = failure.getSubtask();
    return String.format(
        " (subtask %d/%d, attempt %d)",
        subtask.getIndex() + 1, subtask.getParallelism(), subtask.getAttempt());
  }

  private static String verb(FailureKind kind) {
    switch (kind) {
      case FAILURE_KIND_PANIC:
        return "panicked";
      case FAILURE_KIND_BAD_INPUT:
        return "could not read its input";
      case FAILURE_KIND_BAD_OUTPUT:
        return "returned what cannot be encoded";
      default:
        return "failed";
    }
  }

  private static String occasion(Failure failure) {
    switch (failure.getPhase()) {
      case "process":
        return failure.getInput().isEmpty()
            ? " while processing a record"
            : " while processing the record " + failure.getInput();
      case "pipeline":
        return " while building its pipeline again";
      case "flush":
        return " while writing state back";
      case "finish":
        return " at the end of its input";
      case "":
        return "";
      default:
        return " during " + failure.getPhase();
    }
  }
}
