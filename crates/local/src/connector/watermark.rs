//! [`RowTime`]: the event time of a table's rows.

use brookite_core::proto::ConnectorNode;
use brookite_core::types::{DataType, Kind};
use brookite_core::value::Value;

use crate::body::Surroundings;
use crate::error::JobError;
use crate::record::{Emitted, NO_TIMESTAMP};

/// Which column of a row is its time, and how late rows may come.
#[derive(Clone, Debug)]
pub(crate) struct RowTime {
    /// The column's number, and the delay in milliseconds.
    column: Option<(usize, i64)>,
    /// Whether watermarks are told; in BATCH mode they are not.
    tells: bool,
    highest: i64,
    told: i64,
}

impl RowTime {
    pub(crate) fn of(
        uid: &str,
        node: &ConnectorNode,
        data_type: &DataType,
        surroundings: &Surroundings,
    ) -> Result<Self, JobError> {
        let (tells, highest, told) = (!surroundings.batch, NO_TIMESTAMP, i64::MIN);
        let Some(watermark) = &node.watermark else {
            return Ok(Self { column: None, tells, highest, told });
        };
        let fields = match &data_type.kind {
            Kind::Row(fields) => fields.as_slice(),
            _ => &[],
        };
        let column = fields.iter().position(|field| field.name == watermark.column);
        let column = column.ok_or_else(|| {
            JobError::graph(
                uid,
                format!("there is no column '{}' for watermarks", watermark.column),
            )
        })?;
        Ok(Self { column: Some((column, watermark.delay_ms)), tells, highest, told })
    }

    /// A row's timestamp.
    pub(crate) fn of_row(&mut self, row: &Value) -> i64 {
        let (Some((column, _)), Value::Row(_, columns)) = (self.column, row) else {
            return NO_TIMESTAMP;
        };
        let timestamp = match columns.get(column) {
            Some(Value::Timestamp { seconds, nanos }) => {
                seconds.saturating_mul(1000).saturating_add(i64::from(nanos / 1_000_000))
            }
            _ => NO_TIMESTAMP,
        };
        self.highest = self.highest.max(timestamp);
        timestamp
    }

    /// Tells the watermark behind all rows so far: as in Flink SQL, the latest time minus the delay.
    pub(crate) fn tell(&mut self, out: &mut Emitted) {
        let Some((_, delay)) = self.column.filter(|_| self.tells) else { return };
        let watermark = self.highest.saturating_sub(delay);
        if self.highest != NO_TIMESTAMP && watermark > self.told {
            self.told = watermark;
            out.watermark(watermark);
        }
    }
}
