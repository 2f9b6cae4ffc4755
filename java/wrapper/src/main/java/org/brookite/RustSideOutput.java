package org.brookite;

import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.util.OutputTag;

/**
 * A side output of Rust functions; what is left to say is the type of its records.
 *
 * <pre>{@code
 * RustCall call = library.on(orders).call("check_orders");
 * OutputTag<String> refused = call.sideOutput("refused").as(Types.STRING);
 * SingleOutputStreamOperator<Long> accepted = call.as(Types.LONG);
 * DataStream<String> reasons = accepted.getSideOutput(refused);
 * }</pre>
 */
public final class RustSideOutput {

  private final RustCall call;
  private final String name;

  RustSideOutput(RustCall call, String name) {
    this.call = call;
    this.name = name;
  }

  /**
   * Returns the tag of the side output, with records of the given type.
   *
   * @throws RustJobException when the functions emit others
   */
  public <T> OutputTag<T> as(TypeInformation<T> type) {
    return call.tag(name, type);
  }

  /** Returns the tag of the side output, with records of the type that the functions declare. */
  public OutputTag<?> tag() {
    return call.tag(name, call.sideType(name));
  }
}
