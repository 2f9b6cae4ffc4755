package org.brookite.operator;

import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.brookite.edge.Edges;
import org.brookite.proto.StageSpec;
import org.brookite.type.TypeMapping;

/** What operators under test are told to run. */
final class Specs {

  private Specs() {}

  static StageSpec plain(TypeInformation<?> input, TypeInformation<?> output) {
    return StageSpec.newBuilder()
        .addFunctions("tested")
        .setInput(Edges.intoRust(TypeMapping.toDataType(input)))
        .setOutput(Edges.outOfRust(TypeMapping.toDataType(output)))
        .build();
  }

  static StageSpec keyed(
      TypeInformation<?> key, TypeInformation<?> input, TypeInformation<?> output) {
    return plain(input, output).toBuilder()
        .setKey(Edges.intoRust(TypeMapping.toDataType(key)))
        .build();
  }
}
