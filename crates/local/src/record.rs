//! What moves between operators: records as bytes, watermarks, idleness.

/// The timestamp of a record that has none.
pub(crate) use brookite_executor::stage::NO_TIMESTAMP;

/// A record on its way to an operator.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Record<'a> {
    /// As the key's serializer writes it; empty on an edge without keys.
    pub(crate) key: &'a [u8],
    /// As the serializer of the edge's type writes it.
    pub(crate) bytes: &'a [u8],
    /// In milliseconds since the epoch, or [`NO_TIMESTAMP`].
    pub(crate) timestamp: i64,
}

/// What a call of an operator or a source emitted, in its order.
#[derive(Debug, Default)]
pub(crate) struct Emitted {
    bytes: Vec<u8>,
    items: Vec<Item>,
}

/// One thing that was emitted.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Item {
    /// The bytes end at `end`, and begin where those of the record before it end.
    Record {
        port: u32,
        end: usize,
        timestamp: i64,
    },
    Watermark(i64),
    /// Nothing is to be expected for some time, or something is again.
    Idle(bool),
}

impl Emitted {
    /// Emits a record. Port 0 is the results, the others are side outputs.
    pub(crate) fn record(&mut self, port: u32, bytes: &[u8], timestamp: i64) {
        self.bytes.extend_from_slice(bytes);
        self.items.push(Item::Record { port, end: self.bytes.len(), timestamp });
    }

    /// Emits a result that `write` appends.
    pub(crate) fn write<E>(
        &mut self,
        timestamp: i64,
        write: impl FnOnce(&mut Vec<u8>) -> Result<(), E>,
    ) -> Result<(), E> {
        let start = self.bytes.len();
        let written = write(&mut self.bytes);
        match written {
            Ok(()) => self.items.push(Item::Record { port: 0, end: self.bytes.len(), timestamp }),
            Err(_) => self.bytes.truncate(start),
        }
        written
    }

    pub(crate) fn watermark(&mut self, watermark: i64) {
        self.items.push(Item::Watermark(watermark));
    }

    pub(crate) fn idle(&mut self, idle: bool) {
        self.items.push(Item::Idle(idle));
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    pub(crate) fn items(&self) -> &[Item] {
        &self.items
    }

    pub(crate) fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    pub(crate) fn clear(&mut self) {
        self.bytes.clear();
        self.items.clear();
    }
}

/// Records on their way to another thread.
#[derive(Debug, Default)]
pub(crate) struct Batch {
    bytes: Vec<u8>,
    items: Vec<Place>,
}

#[derive(Clone, Copy, Debug)]
struct Place {
    key: usize,
    record: usize,
    timestamp: i64,
}

impl Batch {
    pub(crate) fn push(&mut self, record: Record<'_>) {
        self.bytes.extend_from_slice(record.key);
        let key = self.bytes.len();
        self.bytes.extend_from_slice(record.bytes);
        let timestamp = record.timestamp;
        self.items.push(Place { key, record: self.bytes.len(), timestamp });
    }

    pub(crate) fn len(&self) -> usize {
        self.items.len()
    }

    pub(crate) fn size(&self) -> usize {
        self.bytes.len()
    }

    pub(crate) fn records(&self) -> impl Iterator<Item = Record<'_>> {
        let mut start = 0;
        self.items.iter().map(move |place| {
            let key = &self.bytes[start..place.key];
            let bytes = &self.bytes[place.key..place.record];
            start = place.record;
            Record { key, bytes, timestamp: place.timestamp }
        })
    }
}

/// What a channel between two threads carries.
#[derive(Debug)]
pub(crate) enum Message {
    Records(Batch),
    Watermark(i64),
    Idle(bool),
    /// What comes behind it belongs to the time after the checkpoint of that number.
    Barrier(u64),
    /// Nothing comes any more.
    End,
}
