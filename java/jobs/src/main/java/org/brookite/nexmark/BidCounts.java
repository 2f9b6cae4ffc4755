package org.brookite.nexmark;

import java.util.ArrayList;
import java.util.List;
import org.apache.flink.table.api.Table;
import org.apache.flink.types.Row;
import org.apache.flink.util.CloseableIterator;

/**
 * The rows of a query that counts bids in windows of processing time.
 *
 * <p>In STREAMING mode windows that are open when the input ends are not told, and Flink SQL has no
 * such windows in BATCH mode. So the query is given an input without an end, and is cancelled when
 * all bids have been counted.
 */
final class BidCounts {

  private BidCounts() {}

  /** Returns the rows as JSON, without their windows, which are other ones in each run. */
  @SuppressWarnings("try") // An interrupt while the iterator closes is one while collecting.
  static List<String> of(Table query, long bids) throws Exception {
    List<String> counts = new ArrayList<>();
    long counted = 0;
    try (CloseableIterator<Row> rows = query.execute().collect()) {
      while (counted < bids) {
        Row row = rows.next();
        long count = row.<Long>getFieldAs("bid_count");
        counts.add(
            String.format("{\"bidder\":%s,\"bid_count\":%d}", row.getField("bidder"), count));
        counted += count;
      }
    }
    return counts;
  }
}
