package org.brookite.state;

import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.brookite.proto.DataType;
import org.brookite.type.TypeMapping;

/**
 * Reads the state of Rust functions from a savepoint, with Flink's State Processor API: in the
 * {@code open} of a {@code KeyedStateReaderFunction}, in place of {@code getRuntimeContext().get..}.
 *
 * <pre>{@code
 * public void open(OpenContext context) {
 *   profile = RustState.value(getRuntimeContext(), "profile", InternalTypeInfo.of(rowType));
 * }
 *
 * public void readKey(String user, Context context, Collector<String> out) throws Exception {
 *   RowData row = profile.value();
 * ..
 * }</pre>
 *
 * <p>A {@code derive(Row)} struct is {@code RowData}, a {@code derive(Pojo)} struct its class, and
 * so on: {@link TypeMapping}. Columns of rows are found by name. Those that a value was stored
 * without, before its type had them, are null, and those that are not asked for are left out.
 *
 * <p>Accumulators of reducing and aggregating states are read as {@link #value values}. State that
 * only Rust can read, {@code Serde}, is a {@code byte[]} here.
 *
 * <p>A type information in place of these would not do: on the heap Flink restores a state's values
 * by the serializer that wrote them, and hands them out as they are.
 */
public final class RustState {

  private RustState() {}

  /** Opens a {@code ValueState}, {@code ReducingState} or {@code AggregatingState}. */
  public static <T> Value<T> value(RuntimeContext context, String name, TypeInformation<T> type) {
    StateValueSerializer stored = new StateValueSerializer(TypeMapping.toDataType(type));
    ValueState<byte[]> state = context.getState(new ValueStateDescriptor<>(name, stored));
    StateValueReader<T> reader = new StateValueReader<>(name, stored, type);
    return () -> {
      byte[] value = state.value();
      return value == null ? null : reader.read(value);
    };
  }

  /** Opens a {@code ListState}. */
  public static <T> Elements<T> list(RuntimeContext context, String name, TypeInformation<T> type) {
    StateValueSerializer stored = new StateValueSerializer(TypeMapping.toDataType(type));
    ListState<byte[]> state = context.getListState(new ListStateDescriptor<>(name, stored));
    StateValueReader<T> reader = new StateValueReader<>(name, stored, type);
    return () -> reader.readAll(state.get());
  }

  /** Opens a {@code MapState}. */
  public static <K, V> Entries<K, V> map(
      RuntimeContext context, String name, TypeInformation<K> keyType, TypeInformation<V> type) {
    // A Flink type that can hold null may be described as nullable; keys of maps never are null.
    DataType described = TypeMapping.toDataType(keyType).toBuilder().setNullable(false).build();
    MapKeySerializer keys = new MapKeySerializer(described);
    StateValueSerializer stored = new StateValueSerializer(TypeMapping.toDataType(type));
    MapState<MapKey, byte[]> state =
        context.getMapState(new MapStateDescriptor<>(name, keys, stored));
    StateValueReader<V> reader = new StateValueReader<>(name, stored, type);
    Encoded<K> key = new Encoded<>(keyType);
    return () -> {
      Map<K, V> entries = new LinkedHashMap<>();
      for (Map.Entry<MapKey, byte[]> entry : state.entries()) {
        entries.put(key.read(entry.getKey().bytes(), 0), reader.read(entry.getValue()));
      }
      return entries;
    };
  }

  /** A value for each key. */
  public interface Value<T> {

    /** Returns the value of the key at hand, null when it has none. */
    T value() throws Exception;
  }

  /** A list for each key. */
  public interface Elements<T> {

    /** Returns the elements of the key at hand, none when it has no list. */
    Iterable<T> get() throws Exception;
  }

  /** A map for each key. */
  public interface Entries<K, V> {

    /** Returns the map of the key at hand, an empty one when it has none. */
    Map<K, V> get() throws Exception;
  }
}
