package org.brookite;

import java.util.ArrayList;
import java.util.List;
import org.apache.flink.streaming.api.datastream.DataStream;

/** A stream that is about to be handed to Rust functions. */
public final class RustInput<IN> {

  private final RustLibrary library;
  private final DataStream<IN> stream;

  RustInput(RustLibrary library, DataStream<IN> stream) {
    this.library = library;
    this.stream = stream;
  }

  /**
   * Calls one function, or several one after the other. Several run as one stage: a record crosses
   * into Rust once for all of them. Only the first can be keyed.
   *
   * @throws RustJobException when the library lacks one of them, when they do not fit each other,
   *     or when the stream or its key is not of the type that the first one takes
   */
  public RustCall<IN> call(String function, String... next) {
    List<String> functions = new ArrayList<>();
    functions.add(function);
    functions.addAll(List.of(next));
    return new RustCall<>(library, stream, functions);
  }
}
