package org.brookite.operator;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.brookite.bridge.StageHost;
import org.brookite.proto.DataType;
import org.brookite.proto.Primitive;
import org.brookite.proto.StateDeclaration;
import org.brookite.proto.StateKind;
import org.brookite.proto.Ttl;

/**
 * Does with its states what records say: {@code key state action arguments}, where the key is one
 * character. It remembers nothing itself.
 *
 * <ul>
 *   <li>{@code a value set 1}, {@code a value get}
 *   <li>{@code a list add 1}, {@code a list get}
 *   <li>{@code a map put x 1}, {@code a map entry x}, {@code a map remove x}, {@code a map get}
 *   <li>{@code a any clear}
 * </ul>
 *
 * <p>What is read is emitted as {@code key: what}.
 */
class StatesStage extends FakeStage {

  private static final DataType STRING =
      DataType.newBuilder().setPrimitive(Primitive.PRIMITIVE_STRING).build();

  private final List<String> names = new ArrayList<>();
  private final List<StateDeclaration> declared = new ArrayList<>();

  /** Writes at once, and not with the output of the call. */
  boolean atOnce;

  /** What parts the states of a key. */
  byte[] namespace = FrameWriter.NONE;

  /** States of a key, which live that long; 0 is for ever. */
  static StatesStage keyed(long ttl) {
    StatesStage stage = new StatesStage();
    stage.state("value", StateKind.STATE_KIND_VALUE, ttl);
    stage.state("list", StateKind.STATE_KIND_LIST, ttl);
    stage.state("map", StateKind.STATE_KIND_MAP, ttl);
    return stage;
  }

  /** States of the subtask. */
  static StatesStage ofSubtask() {
    StatesStage stage = new StatesStage();
    stage.state("map", StateKind.STATE_KIND_BROADCAST, 0);
    stage.state("list", StateKind.STATE_KIND_OPERATOR_LIST, 0);
    stage.state("union", StateKind.STATE_KIND_OPERATOR_UNION_LIST, 0);
    return stage;
  }

  void state(String name, StateKind kind, long ttl) {
    StateDeclaration.Builder declaration = declaration(name, kind).setDataType(STRING);
    if (kind == StateKind.STATE_KIND_MAP || kind == StateKind.STATE_KIND_BROADCAST) {
      declaration.setKeyType(STRING);
    }
    if (ttl > 0) {
      declaration.setTtl(Ttl.newBuilder().setDurationMs(ttl));
    }
    declared.add(declaration.build());
    names.add(name);
  }

  @Override
  void opened() {
    declared.forEach(state -> host.registerState(state.toByteArray()));
  }

  @Override
  void onRecord(byte[] key, byte[] record, long timestamp, FrameWriter frames) {
    String[] words = utf16(record).split(" ");
    int state = names.indexOf(words[1]);
    switch (words[2]) {
      case "set":
        write(state, StageHost.CHANGE_UPDATE, key, null, words[3], frames);
        break;
      case "add":
        write(state, StageHost.CHANGE_APPEND, key, null, words[3], frames);
        break;
      case "put":
        write(state, StageHost.CHANGE_PUT_ENTRY, key, words[3], words[4], frames);
        break;
      case "remove":
        write(state, StageHost.CHANGE_REMOVE_ENTRY, key, words[3], null, frames);
        break;
      case "clear":
        write(state, StageHost.CHANGE_CLEAR, key, null, null, frames);
        break;
      case "entry":
        emit(words, text(read(state, StageHost.QUERY_ENTRY, utf8(words[3]))), frames);
        break;
      default:
        boolean map = words[1].equals("map");
        boolean value = words[1].equals("value");
        int query =
            map ? StageHost.QUERY_ENTRIES : value ? StageHost.QUERY_VALUE : StageHost.QUERY_LIST;
        byte[] read = read(state, query, null);
        emit(words, value ? text(read) : parts(read), frames);
    }
  }

  private byte[] read(int state, int query, byte[] entry) {
    return host.readState(state, namespace, query, entry);
  }

  private void write(
      int state, int change, byte[] key, String entry, String value, FrameWriter frames) {
    byte[] entryBytes = entry == null ? null : utf8(entry);
    byte[] valueBytes = value == null ? null : utf8(value);
    if (atOnce) {
      host.writeState(state, namespace, change, entryBytes, valueBytes);
    } else {
      frames.change(state, change, key, namespace, some(entryBytes), some(valueBytes));
    }
  }

  private static byte[] some(byte[] bytes) {
    return bytes == null ? FrameWriter.NONE : bytes;
  }

  private static void emit(String[] words, String what, FrameWriter frames) {
    frames.record(utf8(words[0] + ": " + what));
  }

  private static String text(byte[] bytes) {
    return bytes == null ? "nothing" : new String(bytes, StandardCharsets.UTF_8);
  }

  private static String parts(byte[] bytes) {
    if (bytes == null) {
      return "nothing";
    }
    List<String> parts = new ArrayList<>();
    ByteBuffer joined = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    while (joined.hasRemaining()) {
      byte[] part = new byte[joined.getInt()];
      joined.get(part);
      parts.add(text(part));
    }
    return String.join(" ", parts);
  }
}
