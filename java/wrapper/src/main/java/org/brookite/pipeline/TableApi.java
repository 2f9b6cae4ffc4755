package org.brookite.pipeline;

import java.util.HashMap;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.TreeSet;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.runtime.util.EnvironmentInformation;
import org.apache.flink.table.delegation.ExecutorFactory;
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
    if (!identifiers(ExecutorFactory.class).contains("default")) {
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
    return new TreeSet<>(factories(kind).keySet());
  }

  /** Whether something has an option. */
  static boolean hasOption(
      Class<? extends Factory> kind, String identifier, ConfigOption<?> option) {
    Factory factory = factories(kind).get(identifier);
    return factory != null && factory.optionalOptions().contains(option);
  }

  private static Map<String, Factory> factories(Class<? extends Factory> kind) {
    Map<String, Factory> factories = new HashMap<>();
    ServiceLoader.load(Factory.class, classes()).stream()
        .forEach(provider -> add(provider, kind, factories));
    return factories;
  }

  private static void add(
      ServiceLoader.Provider<Factory> provider, Class<?> kind, Map<String, Factory> factories) {
    try {
      if (kind.isAssignableFrom(provider.type())) {
        Factory factory = provider.get();
        factories.put(factory.factoryIdentifier(), factory);
      }
    } catch (LinkageError | ServiceConfigurationError e) {
      // It lacks what it depends on, so it is as good as absent.
      LOG.debug("factory {} cannot be used", provider.type(), e);
    }
  }

  private static ClassLoader classes() {
    ClassLoader context = Thread.currentThread().getContextClassLoader();
    return context != null ? context : TableApi.class.getClassLoader();
  }
}
