package org.brookite.type;

import java.util.Objects;
import org.apache.flink.api.common.ExecutionConfig;
import org.apache.flink.api.common.serialization.SerializerConfig;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.java.typeutils.runtime.NullableSerializer;

/**
 * A type that may be null where Flink's own has no form for null: a Rust {@code Option}.
 *
 * <p>In a tuple, for example, a {@code Long} may not be null; one of {@code
 * NullableTypeInfo.of(Types.LONG)} may, and is an {@code Option<i64>} in Rust. The serializer is
 * Flink's NullableSerializer around the type's own.
 */
public final class NullableTypeInfo<T> extends TypeInformation<T> {

  private static final long serialVersionUID = 1L;

  private final TypeInformation<T> type;

  private NullableTypeInfo(TypeInformation<T> type) {
    this.type = type;
  }

  /** Returns the type with null; the type itself when it is nullable this way already. */
  public static <T> NullableTypeInfo<T> of(TypeInformation<T> type) {
    return type instanceof NullableTypeInfo
        ? (NullableTypeInfo<T>) type
        : new NullableTypeInfo<>(Objects.requireNonNull(type, "type"));
  }

  /** Returns the type without null. */
  public TypeInformation<T> type() {
    return type;
  }

  @Override
  public boolean isBasicType() {
    return false;
  }

  @Override
  public boolean isTupleType() {
    return false;
  }

  @Override
  public int getArity() {
    return 1;
  }

  @Override
  public int getTotalFields() {
    return 1;
  }

  @Override
  public Class<T> getTypeClass() {
    return type.getTypeClass();
  }

  /** Null is no key in Flink. */
  @Override
  public boolean isKeyType() {
    return false;
  }

  @Override
  public TypeSerializer<T> createSerializer(SerializerConfig config) {
    return NullableSerializer.wrap(type.createSerializer(config), false);
  }

  /** What Flink 1.20 calls; later versions have no such method. */
  public TypeSerializer<T> createSerializer(ExecutionConfig config) {
    return createSerializer(config.getSerializerConfig());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof NullableTypeInfo && type.equals(((NullableTypeInfo<?>) other).type);
  }

  @Override
  public int hashCode() {
    return 31 * type.hashCode() + 1;
  }

  @Override
  public boolean canEqual(Object other) {
    return other instanceof NullableTypeInfo;
  }

  @Override
  public String toString() {
    return "Nullable<" + type + ">";
  }
}
