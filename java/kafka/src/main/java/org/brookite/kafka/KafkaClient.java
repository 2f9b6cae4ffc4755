package org.brookite.kafka;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Does with a broker what it is told, a line at a time, on standard input.
 *
 * <ul>
 *   <li>{@code create TOPIC PARTITIONS}
 *   <li>{@code send TOPIC PARTITION VALUE}, which is answered by nothing
 *   <li>{@code flush}: waits until all that was sent is stored
 *   <li>{@code read TOPIC}: one line {@code record PARTITION VALUE} for each that is committed
 * </ul>
 *
 * <p>It answers {@code ok} at the end of each, and once when the broker answers at all; or {@code
 * error} with what went wrong, which is its end.
 */
public final class KafkaClient implements AutoCloseable {

  private static final Duration POLL = Duration.ofMillis(200);

  private final Map<String, Object> broker;
  private final PrintStream out;
  private final Admin admin;
  private final KafkaProducer<String, String> producer;
  private final List<Future<RecordMetadata>> sent = new ArrayList<>();

  private KafkaClient(String address, PrintStream out) {
    this.broker = Map.of("bootstrap.servers", address);
    this.out = out;
    this.admin = Admin.create(broker);
    // A producer is idempotent unless it is told otherwise: what it sends again is stored once.
    Map<String, Object> sending =
        Map.of(
            ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, address, ProducerConfig.LINGER_MS_CONFIG, 5);
    this.producer = new KafkaProducer<>(sending, new StringSerializer(), new StringSerializer());
  }

  /**
   * Follows what standard input says until its end.
   *
   * @param arguments the broker's address
   */
  public static void main(String[] arguments) throws IOException {
    PrintStream out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    try (KafkaClient client = new KafkaClient(arguments[0], out)) {
      client.admin.describeCluster().nodes().get();
      client.answer("ok");
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        client.follow(line.split(" ", 4));
      }
    } catch (ExecutionException | InterruptedException | RuntimeException e) {
      Throwable cause = e instanceof ExecutionException ? e.getCause() : e;
      out.println("error " + cause);
      out.flush();
      System.exit(1);
    }
  }

  private void follow(String[] words) throws ExecutionException, InterruptedException {
    switch (words[0]) {
      case "create":
        NewTopic topic = new NewTopic(words[1], Integer.parseInt(words[2]), (short) 1);
        admin.createTopics(Set.of(topic)).all().get();
        answer("ok");
        break;
      case "send":
        sent.add(
            producer.send(
                new ProducerRecord<>(words[1], Integer.valueOf(words[2]), null, words[3])));
        break;
      case "flush":
        producer.flush();
        for (Future<RecordMetadata> record : sent) {
          record.get();
        }
        sent.clear();
        answer("ok");
        break;
      case "read":
        read(words[1]);
        answer("ok");
        break;
      default:
        throw new IllegalArgumentException("no command '" + words[0] + "'");
    }
  }

  private void answer(String line) {
    out.println(line);
    out.flush();
  }

  /** Reads from the beginning to what is committed now. */
  private void read(String topic) throws ExecutionException, InterruptedException {
    Map<String, Object> reading =
        Map.of(
            ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
            broker.get("bootstrap.servers"),
            ConsumerConfig.ISOLATION_LEVEL_CONFIG,
            "read_committed");
    try (KafkaConsumer<String, String> consumer =
        new KafkaConsumer<>(reading, new StringDeserializer(), new StringDeserializer())) {
      List<TopicPartition> partitions = new ArrayList<>();
      consumer
          .partitionsFor(topic)
          .forEach(found -> partitions.add(new TopicPartition(topic, found.partition())));
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (ends.entrySet().stream()
          .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
        for (ConsumerRecord<String, String> record : consumer.poll(POLL)) {
          out.println("record " + record.partition() + " " + record.value());
        }
      }
    }
  }

  @Override
  public void close() {
    producer.close();
    admin.close();
  }
}
