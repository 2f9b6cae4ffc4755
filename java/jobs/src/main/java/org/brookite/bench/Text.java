package org.brookite.bench;

import java.util.SplittableRandom;

/** Made texts, the same in every run. */
final class Text {
  private Text() {}

  /** Texts of {@code length} lower-case letters and spaces. */
  static String[] texts(int count, int length) {
    SplittableRandom random = new SplittableRandom(length);
    String[] texts = new String[count];
    for (int i = 0; i < count; i++) {
      StringBuilder text = new StringBuilder(length);
      for (int at = 0; at < length; at++) {
        text.append(random.nextInt(6) == 0 ? ' ' : letter(random));
      }
      texts[i] = text.toString();
    }
    return texts;
  }

  /** A word of two to nine lower-case letters. */
  static String word(SplittableRandom random) {
    StringBuilder word = new StringBuilder();
    for (int left = random.nextInt(2, 10); left > 0; left--) {
      word.append(letter(random));
    }
    return word.toString();
  }

  private static char letter(SplittableRandom random) {
    return (char) ('a' + random.nextInt(26));
  }
}
