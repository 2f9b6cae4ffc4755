package org.brookite.operator;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.brookite.bridge.StageHost;
import org.brookite.proto.StageSpec;

/** Hands out fake stages; found again by number after a trip through the job graph. */
public final class FakeStages implements RustStageFactory {

  private static final long serialVersionUID = 1L;

  private static final Map<Integer, Supplier<? extends RustStage>> SUPPLIERS =
      new ConcurrentHashMap<>();
  private static final AtomicInteger NEXT = new AtomicInteger();

  private final int number;

  private FakeStages(int number) {
    this.number = number;
  }

  static FakeStages of(Supplier<? extends RustStage> supplier) {
    int number = NEXT.getAndIncrement();
    SUPPLIERS.put(number, supplier);
    return new FakeStages(number);
  }

  /** Stages that count records by key, for jobs built in other packages. */
  public static RustStageFactory counting(int cacheEntries) {
    return of(() -> new CountingStage(cacheEntries));
  }

  /** Stages that put strings into upper case, for jobs built in other packages. */
  public static RustStageFactory upperCase() {
    return of(UpperCaseStage::new);
  }

  @Override
  public RustStage open(
      StageSpec spec, StageHost host, StageBuffers buffers, ClassLoader userCode) {
    FakeStage stage = (FakeStage) SUPPLIERS.get(number).get();
    stage.open(spec, host, buffers);
    return stage;
  }
}
