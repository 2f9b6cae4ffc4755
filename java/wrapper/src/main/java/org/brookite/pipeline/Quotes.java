package org.brookite.pipeline;

import org.brookite.proto.TextRecords;

/**
 * Reads text byte by byte, and knows whether it is between quotes. A field may begin with a quote,
 * and then goes on to the next one; two of them stand for one.
 */
final class Quotes {

  private static final int NONE = -1;

  private enum Place {
    /** Where a field begins. */
    START,
    /** In a field without quotes, or behind one with them. */
    PLAIN,
    QUOTED,
    /** In quotes, behind the character that makes the next one mean nothing. */
    ESCAPED,
    /** Behind a quote that ends the field, unless another one follows. */
    CLOSED
  }

  private final int delimiter;
  private final int quote;
  private final int escape;
  private Place place = Place.START;

  Quotes(TextRecords records) {
    delimiter = records.hasDelimiter() ? records.getDelimiter() : NONE;
    quote = records.hasQuote() ? records.getQuote() : NONE;
    escape = records.hasEscape() ? records.getEscape() : NONE;
  }

  /** Goes to where a record begins. */
  void reset() {
    place = Place.START;
  }

  void next(byte read) {
    int character = Byte.toUnsignedInt(read);
    if (place == Place.ESCAPED) {
      place = Place.QUOTED;
    } else if (place == Place.QUOTED) {
      if (character == escape) {
        place = Place.ESCAPED;
      } else if (character == quote) {
        place = Place.CLOSED;
      }
    } else if (place == Place.CLOSED && character == quote) {
      place = Place.QUOTED;
    } else if (character == delimiter) {
      place = Place.START;
    } else if (place == Place.START && character == quote) {
      place = Place.QUOTED;
    } else {
      place = Place.PLAIN;
    }
  }

  /** Whether a quote is open, so that the end of a line is none of the record. */
  boolean isOpen() {
    return place == Place.QUOTED || place == Place.ESCAPED;
  }
}
