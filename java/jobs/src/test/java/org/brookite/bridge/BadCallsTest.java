package org.brookite.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.brookite.RustFunctionException;
import org.brookite.proto.FailureKind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Calls of the native methods that cannot be: each is an error, and the stage goes on. */
class BadCallsTest {

  private DirectStage stage;

  @BeforeEach
  void open() {
    stage = new DirectStage("fixture_failing", HostExceptionTest.ringing(), new DirectStage.Host());
  }

  @AfterEach
  void goesOn() {
    assertThat(NativeBridge.advanceWatermark(stage.handle, 17)).isZero();
    assertThat(stage.fireTimer("key", 17)).isEqualTo(~Long.BYTES);
    assertThat(stage.out().getLong()).isEqualTo(17);
    stage.close();
  }

  private static void assertFails(ThrowingCallable call, FailureKind kind, String message) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            NativeFailure.class,
            thrown -> {
              RustFunctionException failure = RustFunctionException.fromReport(thrown.report());
              assertThat(failure).hasMessageContaining(message);
              assertThat(failure.kind()).isEqualTo(kind);
            });
  }

  @ParameterizedTest
  @CsvSource({"7", "1", "-1", "-2147483648", "2147483647"})
  void anInputThatIsNotThere(int input) {
    assertFails(
        () -> NativeBridge.process(stage.handle, input, 0, 0, 0),
        FailureKind.FAILURE_KIND_LIFECYCLE,
        "a record of input " + input + " came to a stage that has input 0 only");
  }

  @ParameterizedTest
  @CsvSource({"0, -1", "-2, 0", "-1, -1", "4097, 0", "1, 4096", "2147483647, 2147483647"})
  void lengthsOfARecordThatCannotBe(int keyLength, int recordLength) {
    assertFails(
        () -> NativeBridge.process(stage.handle, 0, keyLength, recordLength, 0),
        FailureKind.FAILURE_KIND_BRIDGE,
        "the key has "
            + keyLength
            + " bytes and the record "
            + recordLength
            + ", expected no negative length (-1 for a key that is the record) and at most the"
            + " 4096 bytes of the buffer 'in'");
  }

  @ParameterizedTest
  @CsvSource({"-1, 0", "0, -1", "4097, 0", "4096, 1", "2147483647, 2147483647", "-5, 5"})
  void lengthsOfATimerThatCannotBe(int keyLength, int namespaceLength) {
    assertFails(
        () -> NativeBridge.fireTimer(stage.handle, 0, keyLength, namespaceLength, 0),
        FailureKind.FAILURE_KIND_BRIDGE,
        "the timer's key has "
            + keyLength
            + " bytes and its namespace "
            + namespaceLength
            + ", expected no negative length and at most the 4096 bytes of the buffer 'in'");
  }

  @ParameterizedTest
  @CsvSource({"9", "2", "-1"})
  void aDomainThatIsNone(int domain) {
    assertFails(
        () -> NativeBridge.fireTimer(stage.handle, domain, 0, 0, 0),
        FailureKind.FAILURE_KIND_LIFECYCLE,
        "expected time domain 0 (event time) or 1 (processing time), found " + domain);
  }

  @Test
  void aStageThatIsClosed() {
    try (DirectStage other =
        new DirectStage("fixture_failing", HostExceptionTest.ringing(), new DirectStage.Host())) {
      NativeBridge.closeStage(other.handle);
      for (ThrowingCallable call :
          new ThrowingCallable[] {
            () -> NativeBridge.advanceWatermark(other.handle, 0),
            () -> NativeBridge.fireTimer(other.handle, 0, 0, 0, 0),
            () -> NativeBridge.discard(other.handle),
            () -> NativeBridge.process(other.handle, 0, 0, 0, 0),
          }) {
        assertFails(call, FailureKind.FAILURE_KIND_BRIDGE, "");
      }
    }
  }
}
