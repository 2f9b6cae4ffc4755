//! Records of the `log` crate.

use log::{LevelFilter, Log, Metadata, Record};

struct Logger;

impl Log for Logger {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        super::wanted(metadata.target(), metadata.level())
    }

    fn log(&self, record: &Record<'_>) {
        if self.enabled(record.metadata()) {
            super::put_aside(record.level(), record.target(), record.args());
        }
    }

    fn flush(&self) {}
}

pub(super) fn install() {
    if log::set_logger(&Logger).is_ok() {
        // Each target has a level of its own, and may get another one.
        log::set_max_level(LevelFilter::Trace);
    }
}
