package org.brookite.examples;

import java.nio.file.Path;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.api.java.tuple.Tuple4;
import org.apache.flink.connector.file.src.FileSource;
import org.apache.flink.connector.file.src.reader.TextLineInputFormat;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.ParameterTool;
import org.brookite.RustLibrary;

/** Switches heaters: one stream says how warm it is, another one how warm it should be. */
public final class TemperatureControlJob {
  /** A sensor and its temperature. */
  public static final TypeInformation<Tuple2<String, Double>> READING =
      Types.TUPLE(Types.STRING, Types.DOUBLE);

  /** A sensor, the temperature that is desired there, and by how much it may be above and below. */
  public static final TypeInformation<Tuple4<String, Double, Double, Double>> CONTROL =
      Types.TUPLE(Types.STRING, Types.DOUBLE, Types.DOUBLE, Types.DOUBLE);

  /** A sensor, and whether its heater is to be on. */
  public static final TypeInformation<Tuple2<String, Boolean>> COMMAND =
      Types.TUPLE(Types.STRING, Types.BOOLEAN);

  private TemperatureControlJob() {}

  /**
   * Takes {@code --library}, {@code --readings} and {@code --controls}, all of them paths. The
   * latter two are of text files with a record in each line, its fields separated by commas.
   */
  public static void main(String[] args) throws Exception {
    ParameterTool options = ParameterTool.fromArgs(args);
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
    RustLibrary library = RustLibrary.at(Path.of(options.getRequired("library")));

    var readings =
        lines(env, options.getRequired("readings"))
            .map(field -> Tuple2.of(field[0], Double.valueOf(field[1])))
            .returns(READING);
    var controls =
        lines(env, options.getRequired("controls"))
            .map(field -> Tuple4.of(field[0], number(field[1]), number(field[2]), number(field[3])))
            .returns(CONTROL);
    commands(library, readings, controls).print();
    env.execute("temperature control");
  }

  /** The commands to the heaters: one whenever a heater is to be switched, and else none. */
  public static DataStream<Tuple2<String, Boolean>> commands(
      RustLibrary library,
      DataStream<Tuple2<String, Double>> readings,
      DataStream<Tuple4<String, Double, Double, Double>> controls) {
    return library
        .on(readings.keyBy(reading -> reading.f0))
        .connect(controls.keyBy(control -> control.f0))
        .call("heater")
        .as(COMMAND)
        .uid("heater");
  }

  private static DataStream<String[]> lines(StreamExecutionEnvironment env, String path) {
    var file = new org.apache.flink.core.fs.Path(Path.of(path).toUri());
    var source = FileSource.forRecordStreamFormat(new TextLineInputFormat("UTF-8"), file).build();
    return env.fromSource(source, WatermarkStrategy.noWatermarks(), path)
        .map(line -> line.split(","))
        .returns(Types.OBJECT_ARRAY(Types.STRING));
  }

  private static double number(String field) {
    return Double.parseDouble(field);
  }
}
