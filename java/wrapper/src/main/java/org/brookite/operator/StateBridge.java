package org.brookite.operator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.brookite.RustJobException;
import org.brookite.proto.DataType;
import org.brookite.state.StateValueSerializer;
import org.brookite.type.DataTypes;

/**
 * The states of a stage, kept in Flink's managed keyed state.
 *
 * <p>Values are bytes that Rust alone understands; an array is never changed once it is in here.
 */
final class StateBridge {

  /** What an operator can do with states. */
  interface Backend {

    /** Opens a state. */
    ValueState<byte[]> open(ValueStateDescriptor<byte[]> descriptor) throws Exception;

    /** Makes the key of the record at hand the one that states are accessed under. */
    default void selectRecordKey() {}
  }

  private final String operator;
  private final Backend backend;
  private final List<String> names = new ArrayList<>();
  private final List<ValueState<byte[]>> states = new ArrayList<>();

  StateBridge(String operator, Backend backend) {
    this.operator = operator;
    this.backend = backend;
  }

  /**
   * Registers a state.
   *
   * @return its id
   * @throws RustJobException when the operator has a state of that name, or a checkpoint has it
   *     with another type
   */
  int register(String name, DataType type) {
    if (names.contains(name)) {
      throw new RustJobException(
          String.format(
              "operator '%s' registers two states of the name '%s': expected one name for each",
              operator, name));
    }
    try {
      states.add(backend.open(new ValueStateDescriptor<>(name, new StateValueSerializer(type))));
    } catch (Exception e) {
      throw new RustJobException(
          String.format(
              "cannot open state '%s' of type %s in operator '%s': %s",
              name, DataTypes.describe(type), operator, e.getMessage()),
          e);
    }
    names.add(name);
    return names.size() - 1;
  }

  /** Returns the value of the key of the record at hand, null when there is none. */
  byte[] read(int id) {
    backend.selectRecordKey();
    try {
      return state(id).value();
    } catch (IOException e) {
      throw failed("read", id, e);
    }
  }

  /** Sets the value of the key that is selected; null clears it. */
  void write(int id, byte[] value) {
    ValueState<byte[]> state = state(id);
    if (value == null) {
      state.clear();
      return;
    }
    try {
      state.update(value);
    } catch (IOException e) {
      throw failed("write", id, e);
    }
  }

  private ValueState<byte[]> state(int id) {
    if (id < 0 || id >= states.size()) {
      throw new IllegalStateException(
          String.format(
              "operator '%s' has no state number %d: it registered %s", operator, id, names));
    }
    return states.get(id);
  }

  private UncheckedIOException failed(String action, int id, IOException cause) {
    return new UncheckedIOException(
        String.format("cannot %s state '%s' in operator '%s'", action, names.get(id), operator),
        cause);
  }
}
