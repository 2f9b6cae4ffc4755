package org.brookite.bench;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.brookite.RustLibrary;

/** Two fields out of a JSON document of 1 KB, which arrives as bytes, as from Kafka. */
final class Json implements Workload<byte[]> {
  private static final TypeInformation<Tuple2<String, Long>> FIELDS =
      Types.TUPLE(Types.STRING, Types.LONG);

  @Override
  public long records() {
    return 1_500_000;
  }

  @Override
  public TypeInformation<byte[]> type() {
    return PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO;
  }

  @Override
  public byte[][] samples() {
    SplittableRandom random = new SplittableRandom(7);
    byte[][] documents = new byte[1 << 10][];
    for (int i = 0; i < documents.length; i++) {
      documents[i] = document(random).getBytes(StandardCharsets.UTF_8);
    }
    return documents;
  }

  /** An order: the customer stands near the beginning, the total near the end. */
  private static String document(SplittableRandom random) {
    return String.format(
        Locale.ROOT,
        "{\"order_id\":\"%016x\",\"customer\":\"%s%d\",\"created\":\"2026-03-01T12:%02d:07Z\","
            + "\"address\":{\"street\":\"%s \\\"Old\\\" Road %d\",\"city\":\"Brünn\",\"geo\":[%f,%f]},"
            + "\"agent\":\"Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0\","
            + "\"note\":\"%s\",\"express\":%b,\"coupon\":null,\"items\":[%s],"
            + "\"total\":%d,\"currency\":\"EUR\"}",
        random.nextLong(),
        Text.word(random),
        random.nextInt(10_000),
        random.nextInt(60),
        Text.word(random),
        random.nextInt(200),
        random.nextDouble(90),
        random.nextDouble(180),
        joined(18, " ", () -> Text.word(random)),
        random.nextInt(2) == 0,
        joined(8, ",", () -> item(random)),
        random.nextInt(1_000_000));
  }

  private static String item(SplittableRandom random) {
    return String.format(
        Locale.ROOT,
        "{\"sku\":\"%s\",\"quantity\":%d,\"price\":%.2f,\"tags\":[\"%s\",\"%s\"]}",
        Text.word(random),
        random.nextInt(1, 20),
        random.nextDouble(1_000),
        Text.word(random),
        Text.word(random));
  }

  private static String joined(int count, String separator, Supplier<String> part) {
    return Stream.generate(part).limit(count).collect(Collectors.joining(separator));
  }

  @Override
  public DataStream<?> java(DataStream<byte[]> records) {
    return records.map(new Parse()).returns(FIELDS);
  }

  @Override
  public DataStream<?> rust(DataStream<byte[]> records, RustLibrary library) {
    return library.on(records).call("json").as(FIELDS);
  }

  /** Binds the two fields and skips the rest, with a reader made once. */
  private static final class Parse implements MapFunction<byte[], Tuple2<String, Long>> {
    private static final long serialVersionUID = 1;
    private static final ObjectReader ORDERS = new ObjectMapper().readerFor(Order.class);

    @Override
    public Tuple2<String, Long> map(byte[] document) throws Exception {
      Order order = ORDERS.readValue(document);
      return Tuple2.of(order.customer, order.total);
    }
  }

  /** What of an order the function wants. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  static final class Order {
    public String customer;
    public long total;
  }
}
