package org.brookite.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.Test;

/** What a collecting sink gathers survives the ways of Flink's accumulators. */
class CollectedRecordsTest {

  private static CollectedRecords of(int... bytes) {
    CollectedRecords records = new CollectedRecords();
    for (int each : bytes) {
      records.add(new byte[] {(byte) each});
    }
    return records;
  }

  private static String base64(int... bytes) {
    byte[] all = new byte[bytes.length];
    for (int i = 0; i < all.length; i++) {
      all[i] = (byte) bytes[i];
    }
    return Base64.getEncoder().encodeToString(all);
  }

  @Test
  void itsValueIsTheBase64OfAllRecords() {
    CollectedRecords records = of(1, 2);
    records.merge(of(3));
    assertThat(records.getLocalValue()).isEqualTo(base64(1, 2, 3));
    assertThat(records).hasToString(base64(1, 2, 3));
  }

  @Test
  void aCloneIsAnother() {
    CollectedRecords records = of(1);
    CollectedRecords clone = records.clone();
    records.add(new byte[] {2});
    assertThat(clone.getLocalValue()).isEqualTo(base64(1));
    clone.resetLocal();
    assertThat(records.getLocalValue()).isEqualTo(base64(1, 2));
  }

  @Test
  void itTravels() throws Exception {
    CollectedRecords copy = InstantiationUtil.clone(of(4, 5));
    copy.add(new byte[] {6});
    assertThat(copy.getLocalValue()).isEqualTo(base64(4, 5, 6));
  }
}
