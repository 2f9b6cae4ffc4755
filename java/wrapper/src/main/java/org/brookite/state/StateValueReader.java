package org.brookite.state;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.brookite.RustJobException;
import org.brookite.proto.DataType;
import org.brookite.type.DataTypes;
import org.brookite.type.TypeMapping;

/** Reads stored values, each by the type that it was written as, as values of one type. */
final class StateValueReader<T> {

  /** Reads a value behind its first byte. */
  private interface Version<T> {
    T read(byte[] value) throws IOException;
  }

  private final String state;
  private final StateValueSerializer stored;
  private final TypeInformation<T> type;

  /** By number of the type. */
  private final Map<Integer, Version<T>> versions = new HashMap<>();

  StateValueReader(String state, StateValueSerializer stored, TypeInformation<T> type) {
    this.state = state;
    this.stored = stored;
    this.type = type;
  }

  T read(byte[] value) throws IOException {
    int number = value[0] & 0xff;
    Version<T> version = versions.get(number);
    if (version == null) {
      version = version(number);
      versions.put(number, version);
    }
    return version.read(value);
  }

  List<T> readAll(Iterable<byte[]> values) throws IOException {
    List<T> all = new ArrayList<>();
    if (values != null) {
      for (byte[] value : values) {
        all.add(read(value));
      }
    }
    return all;
  }

  private Version<T> version(int number) {
    List<DataType> types = stored.types();
    if (number >= types.size()) {
      throw new RustJobException(
          String.format(
              "state '%s' has a value of type number %d, and %d types: it was written by another"
                  + " version of brookite-flink",
              state, number, types.size()));
    }
    DataType written = types.get(number);
    TypeInformation<?> writtenType = TypeMapping.toTypeInformation(written);
    if (writtenType.equals(type)) {
      Encoded<T> encoded = new Encoded<>(type);
      return value -> encoded.read(value, 1);
    }
    if (written.hasRow() && stored.type().hasRow()) {
      return rows(writtenType);
    }
    throw new RustJobException(
        String.format(
            "state '%s' has values of type %s and cannot be read as %s: ask for the type that it has",
            state, DataTypes.describe(written), DataTypes.describe(stored.type())));
  }

  @SuppressWarnings("unchecked") // A type that is described as a row is RowData.
  private Version<T> rows(TypeInformation<?> row) {
    RowColumns columns = RowColumns.of(state, row, type);
    Encoded<?> encoded = new Encoded<>(row);
    return value -> (T) columns.of(encoded.read(value, 1));
  }
}
