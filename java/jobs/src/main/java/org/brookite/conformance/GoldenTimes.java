package org.brookite.conformance;

import java.sql.Time;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.Date;
import org.apache.flink.api.common.typeinfo.BasicTypeInfo;
import org.apache.flink.api.common.typeinfo.Types;
import org.brookite.type.NullableTypeInfo;

/** Java's dates and times. */
final class GoldenTimes {

  private static final long[] MILLIS = {
    0, 1, -1, 999, 1_709_164_800_123L, -62_135_596_800_001L, 253_402_300_800_000L, Long.MAX_VALUE,
  };

  private GoldenTimes() {}

  static void add(Golden golden) {
    golden.part("Java's dates and times");
    LocalDate[] dates = {
      LocalDate.EPOCH,
      LocalDate.of(2024, 2, 29),
      LocalDate.of(1969, 12, 31),
      LocalDate.of(1, 1, 1),
      LocalDate.of(0, 2, 29),
      LocalDate.of(-44, 3, 15),
      LocalDate.of(9999, 12, 31),
      LocalDate.of(10_000, 1, 1),
      LocalDate.MIN,
      LocalDate.MAX,
      null,
    };
    LocalTime[] times = {
      LocalTime.MIDNIGHT,
      LocalTime.of(12, 30),
      LocalTime.of(12, 30, 1),
      LocalTime.of(1, 2, 3, 4_000_000),
      LocalTime.of(1, 2, 3, 4_000),
      LocalTime.of(1, 2, 3, 4),
      LocalTime.MAX,
      null,
    };
    golden.add(Types.LOCAL_DATE, dates);
    golden.add(Types.LOCAL_TIME, times);
    golden.add(
        Types.LOCAL_DATE_TIME,
        LocalDateTime.of(1970, 1, 1, 0, 0),
        LocalDateTime.of(2024, 2, 29, 23, 59, 59, 999_999_999),
        LocalDateTime.of(1969, 12, 31, 23, 59, 59, 1),
        LocalDateTime.of(-1, 1, 1, 0, 0, 1),
        LocalDateTime.of(10_000, 1, 1, 0, 0, 0, 500_000_000),
        LocalDateTime.MIN,
        LocalDateTime.MAX,
        null);
    golden.add(
        Types.INSTANT,
        Instant.EPOCH,
        Instant.ofEpochSecond(0, 1),
        Instant.ofEpochSecond(-1, 999_999_999),
        Instant.parse("2024-02-29T23:59:59.123456789Z"),
        Instant.parse("0000-01-01T00:00:00Z"),
        Instant.parse("+10000-01-01T00:00:00.5Z"),
        Instant.MIN,
        Instant.MAX,
        null);
    for (long millis : MILLIS) {
      golden.add(BasicTypeInfo.DATE_TYPE_INFO, new Date(millis));
      golden.add(Types.SQL_DATE, new java.sql.Date(millis));
      golden.add(Types.SQL_TIME, new Time(millis));
      golden.add(Types.SQL_TIMESTAMP, new Timestamp(millis));
    }
    golden.add(BasicTypeInfo.DATE_TYPE_INFO, (Date) null);
    golden.add(Types.SQL_DATE, (java.sql.Date) null);
    golden.add(Types.SQL_TIME, (Time) null);
    golden.add(
        Types.SQL_TIMESTAMP,
        Timestamp.from(Instant.ofEpochSecond(1, 1)),
        Timestamp.from(Instant.ofEpochSecond(-1, 123_456_789)),
        Timestamp.from(Instant.parse("0001-01-01T00:00:00.999999999Z")),
        null);
    GoldenScalars.nullable(golden, Types.LOCAL_DATE, dates[1]);
    GoldenScalars.nullable(golden, Types.LOCAL_TIME, times[1]);
    GoldenScalars.nullable(golden, Types.INSTANT, Instant.EPOCH);
    golden.add(
        Types.TUPLE(NullableTypeInfo.of(Types.SQL_TIMESTAMP), Types.SQL_TIMESTAMP),
        org.apache.flink.api.java.tuple.Tuple2.of(null, null));
  }
}
