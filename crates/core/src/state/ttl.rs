//! [`Ttl`]: how long a state's values live.

use crate::proto;

/// How long a value lives after it was last touched, by the clock of the machine, and what becomes of
/// it then. The options are those of Flink's `StateTtlConfig`.
///
/// A list's elements and a map's entries each live on their own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ttl {
    /// In milliseconds; positive.
    pub duration_ms: i64,
    /// What counts as touching a value.
    pub update: TtlUpdate,
    /// Whether a value that has expired may be seen as long as it is there.
    pub visibility: TtlVisibility,
    /// When values are removed that nobody asks for.
    pub cleanup: TtlCleanup,
}

/// What counts as touching a value.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TtlUpdate {
    /// Writing it.
    #[default]
    OnCreateAndWrite,
    /// Reading it as well.
    OnReadAndWrite,
}

/// Whether a value that has expired may be seen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TtlVisibility {
    /// Never.
    #[default]
    NeverReturnExpired,
    /// As long as it is there.
    ReturnExpiredIfNotCleanedUp,
}

/// When values that have expired are removed though nobody asks for them. The default is what Flink
/// does by itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TtlCleanup {
    /// Leaves them out of full snapshots.
    pub full_snapshot: bool,
    /// Looks at some entries with each access; for state on the heap.
    pub incremental: Option<IncrementalCleanup>,
    /// Has RocksDB drop them when it compacts.
    pub rocksdb: Option<RocksDbCleanup>,
    /// Switches off what Flink does in the background by itself.
    pub not_in_background: bool,
}

/// Looks at some entries with each access.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct IncrementalCleanup {
    /// How many entries.
    pub entries: u32,
    /// Also at each record, and not only when state is accessed.
    pub every_record: bool,
}

/// Drops entries when RocksDB compacts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RocksDbCleanup {
    /// After how many entries the clock is read anew.
    pub query_time_after_entries: u64,
    /// Compacts files that are older than so many milliseconds; `None` for RocksDB's default.
    pub periodic_compaction_ms: Option<u64>,
}

impl Ttl {
    /// So many milliseconds after a value was written it is never seen again.
    pub fn of(duration_ms: i64) -> Self {
        Self {
            duration_ms,
            update: TtlUpdate::default(),
            visibility: TtlVisibility::default(),
            cleanup: TtlCleanup::default(),
        }
    }

    /// What is wrong with it.
    pub(crate) fn check(&self) -> Result<(), String> {
        if self.duration_ms > 0 {
            return Ok(());
        }
        Err(format!("its time to live must be positive, found {} ms", self.duration_ms))
    }
}

impl From<&Ttl> for proto::Ttl {
    fn from(ttl: &Ttl) -> Self {
        let update = match ttl.update {
            TtlUpdate::OnCreateAndWrite => proto::TtlUpdate::OnCreateAndWrite,
            TtlUpdate::OnReadAndWrite => proto::TtlUpdate::OnReadAndWrite,
        };
        let visibility = match ttl.visibility {
            TtlVisibility::NeverReturnExpired => proto::TtlVisibility::NeverReturnExpired,
            TtlVisibility::ReturnExpiredIfNotCleanedUp => {
                proto::TtlVisibility::ReturnExpiredIfNotCleanedUp
            }
        };
        Self {
            duration_ms: ttl.duration_ms,
            update: update.into(),
            visibility: visibility.into(),
            cleanup: Some((&ttl.cleanup).into()),
        }
    }
}

impl From<&TtlCleanup> for proto::TtlCleanup {
    fn from(cleanup: &TtlCleanup) -> Self {
        let incremental = |one: IncrementalCleanup| proto::IncrementalCleanup {
            entries: one.entries,
            every_record: one.every_record,
        };
        let rocksdb = |one: RocksDbCleanup| proto::RocksdbCleanup {
            query_time_after_entries: one.query_time_after_entries,
            periodic_compaction_ms: one.periodic_compaction_ms,
        };
        Self {
            full_snapshot: cleanup.full_snapshot,
            incremental: cleanup.incremental.map(incremental),
            rocksdb: cleanup.rocksdb.map(rocksdb),
            not_in_background: cleanup.not_in_background,
        }
    }
}

impl Ttl {
    pub(crate) fn from_proto(wire: &proto::Ttl) -> Result<Self, String> {
        // Enums that the message does not name, or names by a number that is none, are told apart:
        // the first stands for the default.
        let update = match proto::TtlUpdate::try_from(wire.update) {
            Ok(proto::TtlUpdate::Unspecified | proto::TtlUpdate::OnCreateAndWrite) => {
                TtlUpdate::OnCreateAndWrite
            }
            Ok(proto::TtlUpdate::OnReadAndWrite) => TtlUpdate::OnReadAndWrite,
            Err(_) => return Err(format!("unknown update type {}", wire.update)),
        };
        let visibility = match proto::TtlVisibility::try_from(wire.visibility) {
            Ok(proto::TtlVisibility::Unspecified | proto::TtlVisibility::NeverReturnExpired) => {
                TtlVisibility::NeverReturnExpired
            }
            Ok(proto::TtlVisibility::ReturnExpiredIfNotCleanedUp) => {
                TtlVisibility::ReturnExpiredIfNotCleanedUp
            }
            Err(_) => return Err(format!("unknown visibility {}", wire.visibility)),
        };
        let cleanup = wire.cleanup.as_ref().map(TtlCleanup::from).unwrap_or_default();
        Ok(Self { duration_ms: wire.duration_ms, update, visibility, cleanup })
    }
}

impl From<&proto::TtlCleanup> for TtlCleanup {
    fn from(wire: &proto::TtlCleanup) -> Self {
        let incremental = |one: proto::IncrementalCleanup| IncrementalCleanup {
            entries: one.entries,
            every_record: one.every_record,
        };
        let rocksdb = |one: proto::RocksdbCleanup| RocksDbCleanup {
            query_time_after_entries: one.query_time_after_entries,
            periodic_compaction_ms: one.periodic_compaction_ms,
        };
        Self {
            full_snapshot: wire.full_snapshot,
            incremental: wire.incremental.map(incremental),
            rocksdb: wire.rocksdb.map(rocksdb),
            not_in_background: wire.not_in_background,
        }
    }
}
