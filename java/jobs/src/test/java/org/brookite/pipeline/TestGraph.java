package org.brookite.pipeline;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.brookite.jobs.Plugins;
import org.brookite.library.LibrarySource;
import org.brookite.library.OpenLibraries;
import org.brookite.proto.CollectNode;
import org.brookite.proto.CollectionElement;
import org.brookite.proto.CollectionNode;
import org.brookite.proto.ConnectorNode;
import org.brookite.proto.DataType;
import org.brookite.proto.Environment;
import org.brookite.proto.Function;
import org.brookite.proto.FunctionNode;
import org.brookite.proto.KeyByNode;
import org.brookite.proto.NodeInput;
import org.brookite.proto.PartitionNode;
import org.brookite.proto.PipelineGraph;
import org.brookite.proto.PipelineNode;
import org.brookite.proto.PipelineStage;
import org.brookite.proto.PrintNode;
import org.brookite.proto.SequenceNode;
import org.brookite.proto.TextFilesNode;
import org.brookite.proto.TimestampsNode;
import org.brookite.shaded.protobuf.ByteString;
import org.brookite.shaded.protobuf.Message;
import org.brookite.type.TypeMapping;

/**
 * A graph made by hand, whose functions are registered by name in a plugin. Each node is a stage by
 * itself unless {@link #fused} says otherwise; inputs are uids, and {@code uid.side} for side
 * outputs.
 */
final class TestGraph {

  static final DataType BIGINT = TypeMapping.toDataType(Types.LONG);
  static final DataType STRING = TypeMapping.toDataType(Types.STRING);

  private final List<Function> functions;
  private final PipelineGraph.Builder graph =
      PipelineGraph.newBuilder().setVersion(PipelineGraphs.VERSION).setName("by hand");

  TestGraph(String plugin) {
    functions =
        OpenLibraries.describe(
                LibrarySource.file(Plugins.file(plugin)), TestGraph.class.getClassLoader())
            .manifest()
            .getFunctionsList();
  }

  TestGraph environment(Environment.Builder environment) {
    graph.setEnvironment(environment);
    return this;
  }

  <T> TestGraph collection(String uid, TypeInformation<T> type, List<T> values) {
    TypeSerializer<T> serializer = type.createSerializer(new SerializerConfigImpl());
    CollectionNode.Builder collection = CollectionNode.newBuilder();
    for (T value : values) {
      DataOutputSerializer output = new DataOutputSerializer(64);
      try {
        serializer.serialize(value, output);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      collection.addElements(
          CollectionElement.newBuilder().setRecord(ByteString.copyFrom(output.getCopyOfBuffer())));
    }
    return node(uid, "collection", TypeMapping.toDataType(type), collection.build());
  }

  TestGraph sequence(String uid, long first, long last) {
    return node(
        uid, "sequence", BIGINT, SequenceNode.newBuilder().setFirst(first).setLast(last).build());
  }

  TestGraph textFiles(String uid, String path) {
    return node(uid, "text_files", STRING, TextFilesNode.newBuilder().setPath(path).build());
  }

  TestGraph source(String uid, DataType row, ConnectorNode.Builder connector) {
    return node(uid, "connector_source", row, connector.build());
  }

  TestGraph sink(String uid, String input, ConnectorNode.Builder connector) {
    return node(uid, "connector_sink", null, connector.build(), input);
  }

  /** Calls the function that is registered by the name which is the uid. */
  TestGraph function(String uid, String... inputs) {
    return function(FunctionNode.newBuilder(), uid, inputs);
  }

  TestGraph function(FunctionNode.Builder node, String uid, String... inputs) {
    Function function = registered(uid);
    return node(uid, "function", function.getOutput(), node.setFunction(function).build(), inputs);
  }

  private Function registered(String name) {
    return functions.stream()
        .filter(function -> function.getName().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no function " + name));
  }

  TestGraph keyByField(String uid, DataType key, String field, String input) {
    KeyByNode node = KeyByNode.newBuilder().setKey(key).setField(field).build();
    return node(uid, "key_by", null, node, input);
  }

  TestGraph keyByItself(String uid, DataType key, String input) {
    KeyByNode node = KeyByNode.newBuilder().setKey(key).setIdentity(true).build();
    return node(uid, "key_by", null, node, input);
  }

  /** Keys by what the function of that name makes of the records. */
  TestGraph keyByFunction(String uid, String input) {
    KeyByNode node = KeyByNode.newBuilder().setSelector(registered(uid)).build();
    return node(uid, "key_by", null, node, input);
  }

  TestGraph partition(String uid, PartitionNode.Kind kind, String input) {
    PartitionNode.Builder node = PartitionNode.newBuilder().setKind(kind);
    if (kind == PartitionNode.Kind.KIND_CUSTOM) {
      node.setPartitioner(registered(uid));
    }
    return node(uid, "partition", null, node.build(), input);
  }

  TestGraph union(String uid, String... inputs) {
    return node(uid, "union", null, PrintNode.getDefaultInstance(), inputs);
  }

  TestGraph timestamps(String uid, long outOfOrderness, String input) {
    TimestampsNode node =
        TimestampsNode.newBuilder()
            .setAssigner(registered(uid))
            .setOutOfOrdernessMs(outOfOrderness)
            .build();
    return node(uid, "timestamps", null, node, input);
  }

  TestGraph print(String uid, String prefix, String input) {
    return node(uid, "print", null, PrintNode.newBuilder().setPrefix(prefix).build(), input);
  }

  /** Collects under the uid as the name. */
  TestGraph collect(String uid, String input) {
    return node(uid, "collect", null, CollectNode.newBuilder().setName(uid).build(), input);
  }

  TestGraph node(String uid, String kind, DataType output, Message payload, String... inputs) {
    PipelineNode.Builder node =
        graph
            .addNodesBuilder()
            .setUid(uid)
            .setName(uid.replace('_', ' '))
            .setUrn("brookite:node:" + kind + ":v1")
            .setPayload(payload.toByteString());
    if (output != null) {
      node.setOutput(output);
    }
    for (String input : inputs) {
      int dot = input.indexOf('.');
      NodeInput.Builder read = node.addInputsBuilder();
      read.setNode(dot < 0 ? input : input.substring(0, dot));
      read.setSideOutput(dot < 0 ? "" : input.substring(dot + 1));
    }
    graph.addStages(PipelineStage.newBuilder().addNodes(uid).setName(node.getName()).setUid(uid));
    return this;
  }

  /** Changes the node that was added last. */
  TestGraph with(Consumer<PipelineNode.Builder> change) {
    change.accept(graph.getNodesBuilder(graph.getNodesCount() - 1));
    return this;
  }

  /** Fuses the functions, each of which reads from the one before it. */
  TestGraph fused(String... uids) {
    Set<String> members = Set.of(uids);
    PipelineStage.Builder stage =
        PipelineStage.newBuilder()
            .addAllNodes(List.of(uids))
            .setUid(uids[0])
            .setName(String.join(" -> ", uids).replace('_', ' '));
    boolean placed = false;
    for (int i = 0; i < graph.getStagesCount(); i++) {
      if (members.contains(graph.getStages(i).getUid())) {
        if (placed) {
          graph.removeStages(i--);
        } else {
          graph.setStages(i, stage);
          placed = true;
        }
      }
    }
    return this;
  }

  PipelineGraph build() {
    return graph.build();
  }
}
