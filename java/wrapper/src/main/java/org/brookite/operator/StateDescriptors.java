package org.brookite.operator;

import java.time.Duration;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.StateDescriptor;
import org.apache.flink.api.common.state.StateTtlConfig;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.brookite.proto.RocksdbCleanup;
import org.brookite.proto.StateDeclaration;
import org.brookite.proto.Ttl;
import org.brookite.proto.TtlCleanup;
import org.brookite.proto.TtlUpdate;
import org.brookite.proto.TtlVisibility;
import org.brookite.state.MapKey;
import org.brookite.state.MapKeySerializer;
import org.brookite.state.StateValueSerializer;

/** Says in Flink's words what a stage declares about its states. */
final class StateDescriptors {

  private StateDescriptors() {}

  static ValueStateDescriptor<byte[]> value(
      StateDeclaration declaration, StateValueSerializer values) {
    return living(declaration, new ValueStateDescriptor<>(declaration.getName(), values));
  }

  static ListStateDescriptor<byte[]> list(
      StateDeclaration declaration, StateValueSerializer elements) {
    return living(declaration, new ListStateDescriptor<>(declaration.getName(), elements));
  }

  static MapStateDescriptor<MapKey, byte[]> map(
      StateDeclaration declaration, StateValueSerializer values) {
    MapKeySerializer keys = new MapKeySerializer(declaration.getKeyType());
    return living(declaration, new MapStateDescriptor<>(declaration.getName(), keys, values));
  }

  private static <D extends StateDescriptor<?, ?>> D living(
      StateDeclaration declaration, D descriptor) {
    if (declaration.hasTtl()) {
      descriptor.enableTimeToLive(ttl(declaration.getTtl()));
    }
    return descriptor;
  }

  static StateTtlConfig ttl(Ttl ttl) {
    StateTtlConfig.Builder config =
        StateTtlConfig.newBuilder(Duration.ofMillis(ttl.getDurationMs()))
            .setUpdateType(
                ttl.getUpdate() == TtlUpdate.TTL_UPDATE_ON_READ_AND_WRITE
                    ? StateTtlConfig.UpdateType.OnReadAndWrite
                    : StateTtlConfig.UpdateType.OnCreateAndWrite)
            .setStateVisibility(
                ttl.getVisibility() == TtlVisibility.TTL_VISIBILITY_RETURN_EXPIRED_IF_NOT_CLEANED_UP
                    ? StateTtlConfig.StateVisibility.ReturnExpiredIfNotCleanedUp
                    : StateTtlConfig.StateVisibility.NeverReturnExpired);
    if (ttl.hasCleanup()) {
      cleanUp(config, ttl.getCleanup());
    }
    return config.build();
  }

  private static void cleanUp(StateTtlConfig.Builder config, TtlCleanup cleanup) {
    if (cleanup.getFullSnapshot()) {
      config.cleanupFullSnapshot();
    }
    if (cleanup.hasIncremental()) {
      config.cleanupIncrementally(
          cleanup.getIncremental().getEntries(), cleanup.getIncremental().getEveryRecord());
    }
    if (cleanup.hasRocksdb()) {
      RocksdbCleanup rocksdb = cleanup.getRocksdb();
      if (rocksdb.hasPeriodicCompactionMs()) {
        config.cleanupInRocksdbCompactFilter(
            rocksdb.getQueryTimeAfterEntries(),
            Duration.ofMillis(rocksdb.getPeriodicCompactionMs()));
      } else {
        config.cleanupInRocksdbCompactFilter(rocksdb.getQueryTimeAfterEntries());
      }
    }
    if (cleanup.getNotInBackground()) {
      config.disableCleanupInBackground();
    }
  }
}
