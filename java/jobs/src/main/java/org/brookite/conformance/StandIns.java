package org.brookite.conformance;

import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.apache.flink.api.common.typeutils.base.array.BytePrimitiveArraySerializer;
import org.apache.flink.table.types.logical.RawType;
import org.brookite.proto.DataType;
import org.brookite.proto.Field;

/**
 * Puts classes that exist in the place of those that a type names.
 *
 * <p>What Rust makes up names POJOs and enums that Java has never heard of; they are generated. A
 * RAW value is bytes to both sides, whatever class it names.
 */
final class StandIns {

  private static final RawType<byte[]> RAW =
      new RawType<>(byte[].class, BytePrimitiveArraySerializer.INSTANCE);

  private final GeneratedClasses classes = new GeneratedClasses();

  /** Loads the classes that the types name after {@link #of}. */
  ClassLoader classes() {
    return classes;
  }

  /** Returns the same type with other class names. */
  DataType of(DataType type) {
    DataType.Builder changed = type.toBuilder();
    switch (type.getKindCase()) {
      case TUPLE:
        changed.getTupleBuilder().clearFields();
        type.getTuple()
            .getFieldsList()
            .forEach(field -> changed.getTupleBuilder().addFields(of(field)));
        break;
      case ROW:
        changed.getRowBuilder().clearFields().addAllFields(fields(type.getRow().getFieldsList()));
        break;
      case JAVA_ROW:
        changed
            .getJavaRowBuilder()
            .clearFields()
            .addAllFields(fields(type.getJavaRow().getFieldsList()));
        break;
      case POJO:
        List<Field> fields = type.getPojo().getFieldsList();
        List<String> names = fields.stream().map(Field::getName).collect(Collectors.toList());
        changed
            .getPojoBuilder()
            .setClassName(classes.pojo(names))
            .clearFields()
            .addAllFields(fields(fields));
        break;
      case COLLECTION:
        changed.getCollectionBuilder().setElement(of(type.getCollection().getElement()));
        break;
      case MAP:
        changed
            .getMapBuilder()
            .setKey(of(type.getMap().getKey()))
            .setValue(of(type.getMap().getValue()));
        break;
      case EITHER:
        changed
            .getEitherBuilder()
            .setLeft(of(type.getEither().getLeft()))
            .setRight(of(type.getEither().getRight()));
        break;
      case NULLABLE_VALUE:
        changed.setNullableValue(of(type.getNullableValue()));
        break;
      case ENUMERATION:
        List<String> constants = type.getEnumeration().getConstantsList();
        changed.getEnumerationBuilder().setClassName(classes.enumeration(constants));
        break;
      case RAW:
        changed
            .getRawBuilder()
            .setClassName(RAW.getOriginatingClass().getName())
            .setSerializer(RAW.getSerializerString());
        break;
      default:
        break;
    }
    return changed.build();
  }

  private List<Field> fields(List<Field> fields) {
    UnaryOperator<Field> change = field -> field.toBuilder().setType(of(field.getType())).build();
    return fields.stream().map(change).collect(Collectors.toList());
  }
}
