package org.brookite.operator;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.flink.api.common.state.OperatorStateStore;
import org.apache.flink.api.common.state.State;
import org.apache.flink.api.common.state.StateDescriptor;
import org.apache.flink.runtime.state.internal.InternalKvState;
import org.brookite.RustJobException;
import org.brookite.bridge.StageHost;
import org.brookite.edge.OffHeapBuffer;
import org.brookite.proto.DataType;
import org.brookite.proto.StateDeclaration;
import org.brookite.state.StateValueSerializer;
import org.brookite.type.DataTypes;

/**
 * The states of a stage, kept in Flink's managed state: by key and namespace, or as operator state.
 *
 * <p>Keys, elements and values are bytes that Rust alone understands.
 */
final class StateBridge<N> {

  private static final byte[] NONE = {};

  /** What an operator on a keyed stream can do with states. */
  interface Keyed<N> {

    /** Opens a state, in Flink's namespaces of that kind. */
    <S extends State> S open(StateDescriptor<S, ?> descriptor) throws Exception;

    /** Makes the key of the call in progress the one that states are accessed under. */
    void selectCallKey();
  }

  private final String operator;
  private final Namespaces<N> namespaces;
  private final Keyed<N> keyed;
  private final OperatorStateStore operatorStates;
  private final List<Opened<N>> states = new ArrayList<>();

  /**
   * Creates the bridge.
   *
   * @param keyed where states of keys are kept, null for a stream without key
   * @param operatorStates where states of the subtask are kept
   */
  StateBridge(
      String operator,
      Namespaces<N> namespaces,
      Keyed<N> keyed,
      OperatorStateStore operatorStates) {
    this.operator = operator;
    this.namespaces = namespaces;
    this.keyed = keyed;
    this.operatorStates = operatorStates;
  }

  /**
   * Registers a state.
   *
   * @return its id
   * @throws RustJobException when the operator has a state of that name, the stream has no key and
   *     the state needs one, or a checkpoint has it with another type
   */
  int register(StateDeclaration declaration) {
    String name = declaration.getName();
    if (states.stream().anyMatch(state -> state.name.equals(name))) {
      throw new RustJobException(
          String.format(
              "operator '%s' registers two states of the name '%s': expected one name for each",
              operator, name));
    }
    try {
      states.add(open(declaration));
    } catch (Exception e) {
      throw new RustJobException(
          String.format(
              "cannot open state '%s' of type %s in operator '%s': %s",
              name, DataTypes.describe(declaration.getDataType()), operator, e.getMessage()),
          e);
    }
    return states.size() - 1;
  }

  private Opened<N> open(StateDeclaration declaration) throws Exception {
    StateValueSerializer values = new StateValueSerializer(declaration.getDataType());
    switch (declaration.getKind()) {
      case STATE_KIND_VALUE:
      case STATE_KIND_REDUCING:
      case STATE_KIND_AGGREGATING:
        return keyed(
            declaration, values, StateDescriptors.value(declaration, values), ValueStore::new);
      case STATE_KIND_LIST:
        return keyed(
            declaration, values, StateDescriptors.list(declaration, values), ListStore::new);
      case STATE_KIND_MAP:
        return keyed(declaration, values, StateDescriptors.map(declaration, values), MapStore::new);
      case STATE_KIND_BROADCAST:
        refuseTtl(declaration);
        return new Opened<>(
            declaration.getName(),
            values,
            null,
            new BroadcastStore(
                operatorStates.getBroadcastState(StateDescriptors.map(declaration, values))));
      case STATE_KIND_OPERATOR_LIST:
        refuseTtl(declaration);
        return new Opened<>(
            declaration.getName(),
            values,
            null,
            new ListStore(operatorStates.getListState(StateDescriptors.list(declaration, values))));
      case STATE_KIND_OPERATOR_UNION_LIST:
        refuseTtl(declaration);
        return new Opened<>(
            declaration.getName(),
            values,
            null,
            new ListStore(
                operatorStates.getUnionListState(StateDescriptors.list(declaration, values))));
      default:
        throw new RustJobException(
            String.format("this version knows no states of kind %s", declaration.getKind()));
    }
  }

  @SuppressWarnings(
      "unchecked") // Every state of keys is one, and in the namespaces it was opened in.
  private <S extends State> Opened<N> keyed(
      StateDeclaration declaration,
      StateValueSerializer values,
      StateDescriptor<S, ?> descriptor,
      Function<S, StateStore> store)
      throws Exception {
    if (keyed == null) {
      throw new RustJobException(
          "its stream has no key, and state belongs to keys: call keyBy before the function, or"
              + " keep operator list state");
    }
    S state = keyed.open(descriptor);
    return new Opened<>(
        declaration.getName(), values, (InternalKvState<?, N, ?>) state, store.apply(state));
  }

  private static void refuseTtl(StateDeclaration declaration) {
    if (declaration.hasTtl()) {
      throw new RustJobException(
          "it has a time to live, and Flink lets only states of keys expire: clear it yourself");
    }
  }

  /** Returns whether a state is one of keys. */
  boolean isKeyed(int id) {
    return state(id).namespaced != null;
  }

  /** Reads a state of the key of the call in progress; see {@link StateStore#read}. */
  byte[] read(int id, byte[] namespace, int query, byte[] entry) {
    Opened<N> state = state(id);
    if (query == StageHost.QUERY_TYPES) {
      return state.types();
    }
    try {
      if (state.namespaced != null) {
        keyed.selectCallKey();
        state.enter(namespaces.read(namespace));
      }
      return state.store.read(query, entry);
    } catch (Exception e) {
      throw failed("read", state, e);
    }
  }

  /** Writes a state of the key of the call in progress; see {@link StateStore#write}. */
  void write(int id, byte[] namespace, int change, byte[] entry, byte[] value) {
    Opened<N> state = state(id);
    try {
      if (state.namespaced != null) {
        keyed.selectCallKey();
        state.enter(namespaces.read(namespace));
      }
      state.store.write(change, entry, value);
    } catch (Exception e) {
      throw failed("write", state, e);
    }
  }

  /** Writes a state as a frame says, that of the key that is selected. */
  void write(OffHeapBuffer from, StateFrame frame) {
    Opened<N> state = state(frame.state());
    try {
      if (state.namespaced != null) {
        state.enter(namespaces.read(from, frame.namespaceOffset(), frame.namespaceLength()));
      }
      byte[] entry = bytes(from, frame.entryOffset(), frame.entryLength());
      state.store.write(
          frame.change(), entry, bytes(from, frame.valueOffset(), frame.valueLength()));
    } catch (Exception e) {
      throw failed("write", state, e);
    }
  }

  private static byte[] bytes(OffHeapBuffer from, int offset, int length) {
    if (length == 0) {
      return NONE;
    }
    byte[] bytes = new byte[length];
    from.segment().get(offset, bytes);
    return bytes;
  }

  private Opened<N> state(int id) {
    if (id < 0 || id >= states.size()) {
      throw new IllegalStateException(
          String.format(
              "operator '%s' has no state number %d: it registered %s", operator, id, states));
    }
    return states.get(id);
  }

  private RuntimeException failed(String action, Opened<N> state, Exception cause) {
    if (cause instanceof RuntimeException) {
      return (RuntimeException) cause;
    }
    return new IllegalStateException(
        String.format("cannot %s state '%s' in operator '%s'", action, state.name, operator),
        cause);
  }

  /** A state that is registered. */
  private static final class Opened<N> {

    final String name;
    final StateValueSerializer values;
    final StateStore store;

    /** The same state, where namespaces are set; null for one of the subtask. */
    final InternalKvState<?, N, ?> namespaced;

    Opened(
        String name,
        StateValueSerializer values,
        InternalKvState<?, N, ?> namespaced,
        StateStore store) {
      this.name = name;
      this.values = values;
      this.namespaced = namespaced;
      this.store = store;
    }

    /** The types of the values, of which Flink learned the older ones when it opened the state. */
    byte[] types() {
      return Parts.join(
          values.types().stream().map(DataType::toByteArray).collect(Collectors.toList()));
    }

    void enter(N namespace) {
      namespaced.setCurrentNamespace(namespace);
    }

    @Override
    public String toString() {
      return name;
    }
  }
}
