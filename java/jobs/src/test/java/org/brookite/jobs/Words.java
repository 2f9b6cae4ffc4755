package org.brookite.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.brookite.RustLibrary;

/** The word count as a job, and counted in Java by other means. */
final class Words {
  static final TypeInformation<Tuple2<String, Long>> COUNT = Types.TUPLE(Types.STRING, Types.LONG);

  /** Alphabetic characters and numbers of all kinds: what Rust calls alphanumeric. */
  private static final Pattern WORD = Pattern.compile("[\\p{IsAlphabetic}\\p{N}]+");

  private Words() {}

  /** Lines in several scripts, some of them empty, behind the lines of the licence. */
  static List<String> lines() throws IOException {
    List<String> lines = new ArrayList<>(Files.readAllLines(licence()));
    lines.addAll(
        List.of(
            "",
            "Der Fluß, the Brook and the BROOK; le ruisseau, l'été.",
            "Ручей течёт. ручей, РУЧЕЙ!",
            "小川 小川、 ποταμός ΠΟΤΑΜΌΣ",
            "नदी बहती है। 123 ٣٤٥ x² ½ \uD83E\uDD80 \uD835\uDD04 a_b",
            "   \t ",
            ""));
    return lines;
  }

  /** The licence in the repository's root, which some folder above the module is. */
  static Path licence() {
    for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      Path licence = at.resolve("LICENSE");
      if (Files.exists(licence)) {
        return licence;
      }
    }
    throw new IllegalStateException("no LICENSE in any folder above this one");
  }

  /** Counts without Flink and without Rust. */
  static Map<String, Long> count(List<String> lines) {
    Map<String, Long> counts = new TreeMap<>();
    for (String line : lines) {
      for (Matcher words = WORD.matcher(line); words.find(); ) {
        counts.merge(words.group().toLowerCase(Locale.ROOT), 1L, Long::sum);
      }
    }
    return counts;
  }

  static DataStream<Tuple2<String, Long>> job(RustLibrary library, DataStream<String> lines) {
    DataStream<String> words = library.on(lines).call("split").as(Types.STRING);
    return library.on(words.keyBy(word -> word)).call("count").as(COUNT).uid("count");
  }

  /** The last count of each word, after checking that none was left out or came twice. */
  static Map<String, Long> last(List<Tuple2<String, Long>> counts) {
    Map<String, Long> last = new TreeMap<>();
    for (Tuple2<String, Long> count : counts) {
      long before = last.getOrDefault(count.f0, 0L);
      assertThat(count.f1).as("next count of '%s'", count.f0).isEqualTo(before + 1);
      last.put(count.f0, count.f1);
    }
    return last;
  }
}
