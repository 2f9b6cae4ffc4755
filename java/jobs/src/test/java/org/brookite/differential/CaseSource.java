package org.brookite.differential;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.api.java.tuple.Tuple4;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * The events of a case as a stream: records with timestamps, and watermarks where the case has
 * them.
 */
final class CaseSource {

  /** In place of an input: the event is a watermark. */
  private static final int WATERMARK = -1;

  /** Input, key, number, and a record's timestamp or a watermark. */
  private static final TypeInformation<Tuple4<Integer, String, Long, Long>> TYPE =
      Types.TUPLE(Types.INT, Types.STRING, Types.LONG, Types.LONG);

  private CaseSource() {}

  static DataStream<Tuple4<Integer, String, Long, Long>> of(
      StreamExecutionEnvironment env, Case one) {
    List<Tuple4<Integer, String, Long, Long>> events = new ArrayList<>();
    for (JsonNode event : one.events().collect(Collectors.toList())) {
      if (event.has("record")) {
        Tuple2<String, Long> record = Case.record(event);
        long at = event.path("at").asLong();
        events.add(Tuple4.of(event.path("input").asInt(), record.f0, record.f1, at));
      } else if (event.has("watermark")) {
        events.add(Tuple4.of(WATERMARK, "", 0L, Case.watermark(event)));
      }
    }
    DataStream<Tuple4<Integer, String, Long, Long>> stream = env.fromData(events, TYPE);
    if (!one.hasTimestamps()) {
      return stream;
    }
    return stream.assignTimestampsAndWatermarks(
        WatermarkStrategy.<Tuple4<Integer, String, Long, Long>>forGenerator(
                context -> new AsWritten())
            .withTimestampAssigner((event, before) -> event.f3));
  }

  /** The records of one input. */
  static DataStream<Tuple2<String, Long>> input(
      DataStream<Tuple4<Integer, String, Long, Long>> events, int input) {
    return events
        .filter(event -> event.f0 == input)
        .map(event -> Tuple2.of(event.f1, event.f2))
        .returns(Case.RECORD);
  }

  private static final class AsWritten
      implements WatermarkGenerator<Tuple4<Integer, String, Long, Long>> {
    @Override
    public void onEvent(
        Tuple4<Integer, String, Long, Long> event, long timestamp, WatermarkOutput output) {
      if (event.f0 == WATERMARK) {
        output.emitWatermark(new Watermark(event.f3));
      }
    }

    @Override
    public void onPeriodicEmit(WatermarkOutput output) {}
  }
}
