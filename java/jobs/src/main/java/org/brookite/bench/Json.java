package org.brookite.bench;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
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
    StringBuilder json = new StringBuilder();
    json.append("{\"order_id\":\"").append(Long.toHexString(random.nextLong()));
    json.append("\",\"customer\":\"").append(Text.word(random)).append(random.nextInt(10_000));
    json.append("\",\"created\":\"2026-03-01T12:").append(10 + random.nextInt(50)).append(":07Z\"");
    json.append(",\"address\":{\"street\":\"")
        .append(Text.word(random))
        .append(" \\\"Old\\\" Road ");
    json.append(random.nextInt(200)).append("\",\"city\":\"Br\u00fcnn\",\"geo\":[");
    json.append(random.nextDouble()).append(',').append(random.nextDouble()).append("]}");
    json.append(",\"express\":")
        .append(random.nextInt(2) == 0)
        .append(",\"coupon\":null,\"items\":[");
    for (int item = 0; item < 8; item++) {
      json.append(item == 0 ? "" : ",").append("{\"sku\":\"").append(Text.word(random));
      json.append("\",\"quantity\":").append(random.nextInt(1, 20)).append(",\"price\":");
      json.append(random.nextInt(100_000) / 100.0)
          .append(",\"tags\":[\"")
          .append(Text.word(random));
      json.append("\",\"").append(Text.word(random)).append("\"]}");
    }
    json.append("],\"total\":").append(random.nextInt(1_000_000)).append(",\"currency\":\"EUR\"}");
    return json.toString();
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
