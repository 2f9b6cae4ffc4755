package org.brookite.type;

/** Where in a type a type stands, such as {@code order.items[].price}. */
final class TypePath {

  /** How deep types may be nested, in Rust as here. */
  private static final int MAX_DEPTH = 64;

  static final TypePath ROOT = new TypePath("", 0);

  private final String text;
  private final int depth;

  private TypePath(String text, int depth) {
    this.text = text;
    this.depth = depth;
  }

  TypePath field(String name) {
    return step(text.isEmpty() ? name : text + "." + name);
  }

  TypePath element() {
    return step(text + "[]");
  }

  TypePath key() {
    return step(text + "{key}");
  }

  TypePath value() {
    return step(text + "{value}");
  }

  TypePath left() {
    return step(text + "{left}");
  }

  TypePath right() {
    return step(text + "{right}");
  }

  /** The value behind a NullableSerializer, which has no name of its own. */
  TypePath inside() {
    return step(text);
  }

  private TypePath step(String longer) {
    if (depth == MAX_DEPTH) {
      throw unsupported("types are nested more than %d deep", MAX_DEPTH);
    }
    return new TypePath(longer, depth + 1);
  }

  boolean isUnnamed() {
    return text.isEmpty();
  }

  /** What is wrong with the type here. */
  UnsupportedTypeException unsupported(String format, Object... arguments) {
    String reason = String.format(format, arguments);
    return new UnsupportedTypeException(text.isEmpty() ? reason : "'" + text + "': " + reason);
  }

  @Override
  public String toString() {
    return text.isEmpty() ? "the whole" : "'" + text + "'";
  }
}
