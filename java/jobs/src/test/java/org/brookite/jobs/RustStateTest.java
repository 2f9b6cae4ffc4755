package org.brookite.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.state.api.OperatorIdentifier;
import org.apache.flink.state.api.SavepointReader;
import org.apache.flink.state.api.functions.KeyedStateReaderFunction;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.runtime.typeutils.InternalTypeInfo;
import org.apache.flink.table.types.logical.BigIntType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.VarCharType;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.util.Collector;
import org.brookite.state.RustState;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Flink's State Processor API reads what Rust stored. */
class RustStateTest {
  @RegisterExtension static final MiniClusterExtension CLUSTER = Clusters.small();

  private static final LogicalType TEXT = new VarCharType(false, VarCharType.MAX_LENGTH);
  private static final LogicalType MAYBE_TEXT = TEXT.copy(true);

  @ParameterizedTest(name = "{0}")
  @CsvSource({"hashmap", "rocksdb"})
  void readsRowsListsAndMaps(String backend, @TempDir Path folder) throws Exception {
    String savepoint = Visits.run("visits", backend, null, folder, SavepointFormatType.CANONICAL);
    Map<String, String> read = read(savepoint, backend, new ReadVisits());
    assertThat(read.keySet()).containsExactlyInAnyOrderElementsOf(Visits.USERS);
    Visits.counts()
        .forEach(
            (user, count) ->
                assertThat(read.get(user))
                    .isEqualTo(
                        String.format("%s %d, %d pages, %d visits", user, count, count, count)));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({"hashmap", "rocksdb"})
  void findsColumnsByNameInValuesOfEveryAge(String backend, @TempDir Path folder) throws Exception {
    SavepointFormatType format = SavepointFormatType.CANONICAL;
    String savepoint = Visits.run("visits", backend, null, folder, format);
    Map<String, Long> counts = Visits.counts();
    // These columns are only in values of the second version.
    Map<String, String> old = read(savepoint, backend, new ReadPages());
    counts.forEach((user, count) -> assertThat(old.get(user)).isEqualTo(count + " null"));
    String next = Visits.run("visits_and_pages", backend, savepoint, folder, format);
    Map<String, String> read = read(next, backend, new ReadPages());
    Visits.counts()
        .forEach((user, count) -> assertThat(read.get(user)).startsWith(count + " page "));
  }

  private static Map<String, String> read(
      String savepoint, String backend, KeyedStateReaderFunction<String, String[]> reader)
      throws Exception {
    StreamExecutionEnvironment env = Clusters.environment(1);
    StateBackend states =
        backend.equals("rocksdb") ? new EmbeddedRocksDBStateBackend() : new HashMapStateBackend();
    List<String[]> read =
        Clusters.collect(
            SavepointReader.read(env, savepoint, states)
                .readKeyedState(
                    OperatorIdentifier.forUid(Visits.UID),
                    reader,
                    Types.STRING,
                    TypeInformation.of(String[].class)));
    Map<String, String> byUser = new HashMap<>();
    read.forEach(pair -> byUser.put(pair[0], pair[1]));
    return byUser;
  }

  /** All three states of the first version. */
  private static final class ReadVisits extends KeyedStateReaderFunction<String, String[]> {
    private transient RustState.Value<RowData> profile;
    private transient RustState.Elements<String> pages;
    private transient RustState.Entries<String, Long> perPage;

    @Override
    public void open(OpenContext context) {
      RowType row =
          RowType.of(
              false,
              new LogicalType[] {TEXT, new BigIntType(false)},
              new String[] {"user", "visits"});
      profile = RustState.value(getRuntimeContext(), "profile", InternalTypeInfo.of(row));
      pages = RustState.list(getRuntimeContext(), "pages", Types.STRING);
      perPage = RustState.map(getRuntimeContext(), "per page", Types.STRING, Types.LONG);
    }

    @Override
    public void readKey(String user, Context context, Collector<String[]> out) throws Exception {
      RowData row = profile.value();
      List<String> all = new ArrayList<>();
      pages.get().forEach(all::add);
      long visits = perPage.get().values().stream().mapToLong(Long::longValue).sum();
      assertThat(all).allMatch(page -> page.startsWith("page "));
      out.collect(
          new String[] {
            user,
            String.format(
                "%s %d, %d pages, %d visits", row.getString(0), row.getLong(1), all.size(), visits)
          });
    }
  }

  /** Two columns, of which old values have one. */
  private static final class ReadPages extends KeyedStateReaderFunction<String, String[]> {
    private transient RustState.Value<RowData> profile;

    @Override
    public void open(OpenContext context) {
      RowType row =
          RowType.of(
              false,
              new LogicalType[] {new BigIntType(), MAYBE_TEXT},
              new String[] {"visits", "last_page"});
      profile = RustState.value(getRuntimeContext(), "profile", InternalTypeInfo.of(row));
    }

    @Override
    public void readKey(String user, Context context, Collector<String[]> out) throws Exception {
      RowData row = profile.value();
      Object page = row.isNullAt(1) ? "null" : row.getString(1);
      out.collect(new String[] {user, row.getLong(0) + " " + page});
    }
  }
}
