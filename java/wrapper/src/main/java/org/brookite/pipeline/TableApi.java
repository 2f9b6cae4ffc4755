package org.brookite.pipeline;

import java.util.ServiceLoader;
import java.util.TreeSet;
import org.apache.flink.runtime.util.EnvironmentInformation;
import org.apache.flink.table.factories.Factory;
import org.brookite.RustJobException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What there is of Flink's Table API, which connectors are part of. */
final class TableApi {

  private static final Logger LOG = LoggerFactory.getLogger(TableApi.class);

  private static final String BRIDGE =
      "org.apache.flink.table.api.bridge.java.StreamTableEnvironment";

  private TableApi() {}

  /**
   * Checks that the Table API is there.
   *
   * @throws RustJobException when it is not; says which jar is missing
   */
  static void require() {
    try {
      Class.forName(BRIDGE, false, classes());
    } catch (ClassNotFoundException e) {
      throw missing("flink-table-api-java-uber", e);
    }
    if (!identifiers(org.apache.flink.table.delegation.ExecutorFactory.class).contains("default")) {
      throw missing("flink-table-planner-loader", null);
    }
  }

  private static RustJobException missing(String jar, Throwable cause) {
    return new RustJobException(
        String.format(
            "connectors need Flink's Table API, of which %s-%s.jar is missing here: Flink's"
                + " distribution has it in its folder lib or opt, from where it must be put into lib on"
                + " every machine",
            jar, EnvironmentInformation.getVersion()),
        cause);
  }

  /** Returns the names of what is there of a kind, such as connectors. */
  static TreeSet<String> identifiers(Class<? extends Factory> kind) {
    TreeSet<String> identifiers = new TreeSet<>();
    ServiceLoader.load(Factory.class, classes()).stream()
        .forEach(provider -> add(provider, kind, identifiers));
    return identifiers;
  }

  private static void add(
      ServiceLoader.Provider<Factory> provider, Class<?> kind, TreeSet<String> identifiers) {
    try {
      if (kind.isAssignableFrom(provider.type())) {
        identifiers.add(provider.get().factoryIdentifier());
      }
    } catch (LinkageError | java.util.ServiceConfigurationError e) {
      // It lacks what it depends on, so it is as good as absent.
      LOG.debug("factory {} cannot be used", provider.type(), e);
    }
  }

  private static ClassLoader classes() {
    ClassLoader context = Thread.currentThread().getContextClassLoader();
    return context != null ? context : TableApi.class.getClassLoader();
  }
}
