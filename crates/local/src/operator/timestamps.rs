//! [`TimestampsOperator`]: gives records their timestamps, and tells the watermarks.

use crate::error::JobError;
use crate::operator::{FunctionStage, Operator};
use crate::record::{Emitted, Item, Record};

/// How often a watermark is told, in milliseconds: Flink's default.
const INTERVAL: i64 = 200;

/// When watermarks are told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Telling {
    /// As time goes by.
    Periodically,
    /// After each record, which is the same in each run.
    AfterEach,
    /// At the end only: BATCH mode.
    Never,
}

/// A timestamp assigner, and the watermarks that follow from it.
pub(crate) struct TimestampsOperator {
    assigner: FunctionStage,
    telling: Telling,
    out_of_orderness: i64,
    idleness: Option<i64>,
    timestamps: Emitted,
    highest: Option<i64>,
    told: i64,
    now: i64,
    told_at: i64,
    /// When something came last, by the clock.
    active_at: Option<i64>,
    idle: bool,
}

impl TimestampsOperator {
    pub(crate) fn new(
        assigner: FunctionStage,
        telling: Telling,
        out_of_orderness: i64,
        idleness: Option<i64>,
    ) -> Self {
        Self {
            assigner,
            telling,
            out_of_orderness,
            idleness: idleness.filter(|_| telling == Telling::Periodically),
            timestamps: Emitted::default(),
            highest: None,
            told: i64::MIN,
            now: 0,
            told_at: 0,
            active_at: None,
            idle: false,
        }
    }

    fn tell(&mut self, out: &mut Emitted) {
        self.told_at = self.now;
        let Some(highest) = self.highest else { return };
        let watermark = highest.saturating_sub(self.out_of_orderness).saturating_sub(1);
        if watermark > self.told {
            self.told = watermark;
            out.watermark(watermark);
        }
    }
}

impl Operator for TimestampsOperator {
    fn open(&mut self, _: Option<&[u8]>) -> Result<(), JobError> {
        self.assigner.open(None)
    }

    fn record(&mut self, _: u32, record: Record<'_>, out: &mut Emitted) -> Result<(), JobError> {
        self.timestamps.clear();
        self.assigner.record(0, record, &mut self.timestamps)?;
        let (Some(Item::Record { .. }), Some(timestamp)) =
            (self.timestamps.items().first(), self.timestamps.bytes().first_chunk())
        else {
            return Err(JobError::Runner("a timestamp assigner returned none".to_owned()));
        };
        let timestamp = i64::from_be_bytes(*timestamp);
        if self.idle {
            self.idle = false;
            out.idle(false);
        }
        self.active_at = Some(self.now);
        self.highest = self.highest.max(Some(timestamp));
        out.record(0, record.bytes, timestamp);
        if self.telling == Telling::AfterEach {
            self.tell(out);
        }
        Ok(())
    }

    /// Those from above are of no interest, except the last.
    fn watermark(&mut self, watermark: i64, out: &mut Emitted) -> Result<(), JobError> {
        if watermark == i64::MAX {
            self.told = watermark;
            out.watermark(watermark);
        }
        Ok(())
    }

    fn idle(&mut self, _: bool, _: &mut Emitted) {}

    fn next_timer(&self) -> Option<i64> {
        if self.telling != Telling::Periodically || self.told == i64::MAX {
            return None;
        }
        let next = self.told_at.saturating_add(INTERVAL);
        let active_at = self.active_at.filter(|_| !self.idle);
        let idle = active_at.zip(self.idleness).map(|(at, idleness)| at.saturating_add(idleness));
        Some(idle.map_or(next, |idle| idle.min(next)))
    }

    fn clock(&mut self, now: i64, out: &mut Emitted) -> Result<(), JobError> {
        self.assigner.clock(now, out)?;
        self.now = now;
        let active_at = *self.active_at.get_or_insert(now);
        if self.telling != Telling::Periodically {
            return Ok(());
        }
        if now.saturating_sub(self.told_at) >= INTERVAL {
            self.tell(out);
        }
        if let Some(idleness) = self.idleness
            && !self.idle
            && now.saturating_sub(active_at) >= idleness
        {
            self.tell(out);
            self.idle = true;
            out.idle(true);
        }
        Ok(())
    }

    fn finish(&mut self, out: &mut Emitted) -> Result<(), JobError> {
        self.assigner.finish(out)
    }

    fn close(&mut self) -> Result<(), JobError> {
        self.assigner.close()
    }
}
