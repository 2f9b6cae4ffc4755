package org.brookite.type;

import java.util.List;
import org.brookite.proto.BoundedType;
import org.brookite.proto.CollectionType;
import org.brookite.proto.DataType;
import org.brookite.proto.DecimalType;
import org.brookite.proto.EnumType;
import org.brookite.proto.Field;
import org.brookite.proto.MapType;
import org.brookite.proto.Primitive;
import org.brookite.proto.TimeType;

/**
 * Types as text, spelled as the Rust side does: it reads what is written here.
 *
 * <p>SQL's types are nullable unless they say {@code NOT NULL}. Java's are as nullable as Java
 * writes them: {@code NOT NULL} and {@code Nullable<..>} say otherwise.
 */
final class TypeText {

  private static final String LATER = "a type of a later version";

  private final StringBuilder text = new StringBuilder();

  private TypeText() {}

  /** The type with its nullability. */
  static String of(DataType type) {
    TypeText text = new TypeText();
    text.type(type, Place.BARE);
    return text.text.toString();
  }

  /** The type without a word on null. */
  static String ofKind(DataType type) {
    TypeText text = new TypeText();
    text.kind(type);
    return text.text.toString();
  }

  private void type(DataType type, Place place) {
    boolean usual = isSql(type) || place.takesNull(type);
    boolean wrapped = type.getNullable() && !usual;
    text.append(wrapped ? "Nullable<" : "");
    kind(type);
    text.append(wrapped ? ">" : !type.getNullable() && usual ? " NOT NULL" : "");
  }

  private void kind(DataType type) {
    Place inside = Place.inside(type);
    switch (type.getKindCase()) {
      case PRIMITIVE:
        text.append(of(type.getPrimitive()));
        break;
      case BOUNDED:
        text.append(name(type.getBounded().getKind()));
        text.append('(').append(type.getBounded().getLength()).append(')');
        break;
      case DECIMAL:
        DecimalType decimal = type.getDecimal();
        text.append("DECIMAL(").append(decimal.getPrecision());
        text.append(", ").append(decimal.getScale()).append(')');
        break;
      case TIME:
        text.append(name(type.getTime().getKind()));
        text.append('(').append(type.getTime().getPrecision()).append(')');
        break;
      case COLLECTION:
        collection(type.getCollection(), inside);
        break;
      case MAP:
        MapType map = type.getMap();
        text.append(map.getKind() == MapType.Kind.KIND_MAP ? "MAP<" : "Map<");
        two(map.getKey(), Place.ofKey(map.getKind()), map.getValue(), inside);
        break;
      case ROW:
        fields("ROW<", type.getRow().getFieldsList(), inside);
        break;
      case JAVA_ROW:
        fields("Row<", type.getJavaRow().getFieldsList(), inside);
        break;
      case POJO:
        List<Field> fields = type.getPojo().getFieldsList();
        String start = "Pojo<" + quoted(type.getPojo().getClassName());
        fields(start + (fields.isEmpty() ? "" : ", "), fields, inside);
        break;
      case RAW:
        text.append("RAW(").append(quoted(type.getRaw().getClassName()));
        text.append(", ").append(quoted(type.getRaw().getSerializer())).append(')');
        break;
      case TUPLE:
        text.append("TUPLE<");
        String separator = "";
        for (DataType field : type.getTuple().getFieldsList()) {
          text.append(separator);
          type(field, inside);
          separator = ", ";
        }
        text.append('>');
        break;
      case EITHER:
        text.append("Either<");
        two(type.getEither().getLeft(), inside, type.getEither().getRight(), inside);
        break;
      case ENUMERATION:
        EnumType enumeration = type.getEnumeration();
        text.append("Enum<").append(quoted(enumeration.getClassName()));
        enumeration
            .getConstantsList()
            .forEach(constant -> text.append(", ").append(name(constant)));
        text.append('>');
        break;
      case NULLABLE_VALUE:
        text.append("Nullable<");
        type(type.getNullableValue(), inside);
        text.append('>');
        break;
      default:
        text.append(LATER);
    }
  }

  private void collection(CollectionType collection, Place inside) {
    switch (collection.getKind()) {
      case KIND_PRIMITIVE_ARRAY:
        text.append(primitive(collection.getElement().getPrimitive())).append("[]");
        return;
      case KIND_STRING_ARRAY:
        text.append("String[]");
        return;
      case KIND_ARRAY:
        text.append("ARRAY<");
        break;
      case KIND_MULTISET:
        text.append("MULTISET<");
        break;
      case KIND_LIST:
        text.append("List<");
        break;
      case KIND_SET:
        text.append("Set<");
        break;
      case KIND_OBJECT_ARRAY:
        text.append("ObjectArray<");
        break;
      default:
        text.append(LATER);
        return;
    }
    type(collection.getElement(), inside);
    text.append('>');
  }

  private void two(DataType left, Place leftPlace, DataType right, Place rightPlace) {
    type(left, leftPlace);
    text.append(", ");
    type(right, rightPlace);
    text.append('>');
  }

  private void fields(String start, List<Field> fields, Place place) {
    text.append(start);
    String separator = "";
    for (Field field : fields) {
      text.append(separator).append(name(field.getName())).append(' ');
      type(field.getType(), place);
      separator = ", ";
    }
    text.append('>');
  }

  /** Whether this is a type of Flink SQL, which a column can have. */
  static boolean isSql(DataType type) {
    switch (type.getKindCase()) {
      case PRIMITIVE:
        int number = type.getPrimitiveValue();
        return number > 0 && number <= Primitive.PRIMITIVE_INTERVAL_DAY_TIME_VALUE;
      case ROW:
      case BOUNDED:
      case DECIMAL:
      case TIME:
      case RAW:
        return true;
      case COLLECTION:
        CollectionType.Kind kind = type.getCollection().getKind();
        return kind == CollectionType.Kind.KIND_ARRAY || kind == CollectionType.Kind.KIND_MULTISET;
      case MAP:
        return type.getMap().getKind() == MapType.Kind.KIND_MAP;
      default:
        return false;
    }
  }

  private static String of(Primitive primitive) {
    switch (primitive) {
      case PRIMITIVE_INTERVAL_YEAR_MONTH:
        return "INTERVAL YEAR TO MONTH";
      case PRIMITIVE_INTERVAL_DAY_TIME:
        return "INTERVAL DAY TO SECOND";
      case PRIMITIVE_VOID:
        return "Void";
      case PRIMITIVE_CHARACTER:
        return "Character";
      case PRIMITIVE_STRING_DATA:
        return "StringData";
      case PRIMITIVE_BIG_INTEGER:
        return "BigInteger";
      case PRIMITIVE_BIG_DECIMAL:
        return "BigDecimal";
      case PRIMITIVE_INSTANT:
        return "Instant";
      case PRIMITIVE_LOCAL_DATE:
        return "LocalDate";
      case PRIMITIVE_LOCAL_TIME:
        return "LocalTime";
      case PRIMITIVE_LOCAL_DATE_TIME:
        return "LocalDateTime";
      case PRIMITIVE_SQL_DATE:
        return "SqlDate";
      case PRIMITIVE_SQL_TIME:
        return "SqlTime";
      case PRIMITIVE_SQL_TIMESTAMP:
        return "SqlTimestamp";
      case PRIMITIVE_UTIL_DATE:
        return "UtilDate";
      case PRIMITIVE_UNSPECIFIED:
      case UNRECOGNIZED:
        return LATER;
      default:
        return primitive.name().substring("PRIMITIVE_".length());
    }
  }

  /** Java's name of a primitive type. */
  private static String primitive(Primitive element) {
    switch (element) {
      case PRIMITIVE_BOOLEAN:
        return "boolean";
      case PRIMITIVE_SMALLINT:
        return "short";
      case PRIMITIVE_INT:
        return "int";
      case PRIMITIVE_BIGINT:
        return "long";
      case PRIMITIVE_FLOAT:
        return "float";
      case PRIMITIVE_DOUBLE:
        return "double";
      case PRIMITIVE_CHARACTER:
        return "char";
      default:
        return LATER;
    }
  }

  private static String name(BoundedType.Kind kind) {
    return kind == BoundedType.Kind.UNRECOGNIZED ? LATER : kind.name().substring("KIND_".length());
  }

  private static String name(TimeType.Kind kind) {
    return kind == TimeType.Kind.UNRECOGNIZED ? LATER : kind.name().substring("KIND_".length());
  }

  /** A name as it is, if it reads as one, else in backticks. */
  private static String name(String name) {
    boolean plain =
        !name.isEmpty()
            && !name.equals("NOT")
            && (Character.isAlphabetic(name.codePointAt(0)) || name.charAt(0) == '_')
            && name.codePoints().allMatch(c -> isAlphanumeric(c) || c == '_');
    return plain ? name : "`" + name.replace("`", "``") + "`";
  }

  /** As Rust and Unicode define it; Java's letters and digits are fewer. */
  private static boolean isAlphanumeric(int character) {
    switch (Character.getType(character)) {
      case Character.DECIMAL_DIGIT_NUMBER:
      case Character.LETTER_NUMBER:
      case Character.OTHER_NUMBER:
        return true;
      default:
        return Character.isAlphabetic(character);
    }
  }

  private static String quoted(String text) {
    return "'" + text.replace("'", "''") + "'";
  }
}
