package org.brookite.operator;

import java.nio.ByteBuffer;
import org.brookite.RustFunctionException;
import org.brookite.bridge.NativeBridge;
import org.brookite.bridge.NativeFailure;

/** A stage behind the native bridge. Closing it again does nothing. */
final class NativeStage implements RustStage {

  private final long handle;

  NativeStage(long handle) {
    this.handle = handle;
  }

  @Override
  public int process(int input, int keyLength, int recordLength, long timestamp) {
    try {
      return NativeBridge.process(handle, input, keyLength, recordLength, timestamp);
    } catch (NativeFailure e) {
      throw RustFunctionException.fromReport(e.report());
    }
  }

  @Override
  public int advanceWatermark(long watermark) {
    try {
      return NativeBridge.advanceWatermark(handle, watermark);
    } catch (NativeFailure e) {
      throw RustFunctionException.fromReport(e.report());
    }
  }

  @Override
  public int fireTimer(int domain, int keyLength, int namespaceLength, long time) {
    try {
      return NativeBridge.fireTimer(handle, domain, keyLength, namespaceLength, time);
    } catch (NativeFailure e) {
      throw RustFunctionException.fromReport(e.report());
    }
  }

  @Override
  public int discard() {
    try {
      return NativeBridge.discard(handle);
    } catch (NativeFailure e) {
      throw RustFunctionException.fromReport(e.report());
    }
  }

  @Override
  public int flush() {
    try {
      return NativeBridge.flush(handle);
    } catch (NativeFailure e) {
      throw RustFunctionException.fromReport(e.report());
    }
  }

  @Override
  public int endKey() {
    try {
      return NativeBridge.endKey(handle);
    } catch (NativeFailure e) {
      throw RustFunctionException.fromReport(e.report());
    }
  }

  @Override
  public void tick() {
    try {
      NativeBridge.tick(handle);
    } catch (NativeFailure e) {
      throw RustFunctionException.fromReport(e.report());
    }
  }

  @Override
  public int finish() {
    try {
      return NativeBridge.finish(handle);
    } catch (NativeFailure e) {
      throw RustFunctionException.fromReport(e.report());
    }
  }

  @Override
  public void close() {
    try {
      NativeBridge.closeStage(handle);
    } catch (NativeFailure e) {
      throw RustFunctionException.fromReport(e.report());
    }
  }

  @Override
  public void growIn(ByteBuffer in) {
    try {
      NativeBridge.growIn(handle, in);
    } catch (NativeFailure e) {
      throw RustFunctionException.fromReport(e.report());
    }
  }

  @Override
  public void growOut(ByteBuffer out) {
    try {
      NativeBridge.growOut(handle, out);
    } catch (NativeFailure e) {
      throw RustFunctionException.fromReport(e.report());
    }
  }
}
