//! Flink's options that this runner has a counterpart of.

use std::path::PathBuf;
use std::time::Duration;

use brookite_core::pipeline::ExecutionMode;

use crate::error::JobError;
use crate::runner::LocalRunner;

/// Their keys, as an error lists them.
const KNOWN: [&str; 6] = [
    "parallelism.default",
    "execution.runtime-mode",
    "execution.checkpointing.dir",
    "execution.checkpointing.interval",
    "execution.checkpointing.num-retained",
    "execution.state-recovery.path",
];

impl LocalRunner {
    /// Sets an option by the key and in the words of Flink.
    ///
    /// | key | |
    /// |---|---|
    /// | `parallelism.default` | [`parallelism`](Self::parallelism) |
    /// | `execution.runtime-mode` | [`mode`](Self::mode) |
    /// | `execution.checkpointing.dir` | [`checkpoints`](Self::checkpoints) |
    /// | `execution.checkpointing.interval` | [`checkpoint_interval`](Self::checkpoint_interval) |
    /// | `execution.checkpointing.num-retained` | [`keep_checkpoints`](Self::keep_checkpoints) |
    /// | `execution.state-recovery.path` | [`resume_from`](Self::resume_from) |
    ///
    /// ```
    /// use brookite_local::LocalRunner;
    ///
    /// let runner = LocalRunner::new()
    ///     .option("execution.checkpointing.dir", "file:///tmp/checkpoints")?
    ///     .option("execution.checkpointing.interval", "30 s")?;
    /// let unknown = runner.option("state.backend.type", "rocksdb").unwrap_err();
    /// assert!(unknown.to_string().contains("it has parallelism.default"));
    /// # Ok::<(), brookite_local::JobError>(())
    /// ```
    ///
    /// # Errors
    /// When this runner has no such option, or the option no such value.
    pub fn option(self, key: &str, value: &str) -> Result<Self, JobError> {
        let wrong = |expected: &str| {
            JobError::Refused(format!("option '{key}': expected {expected}, found '{value}'"))
        };
        let number = || {
            let number = value.parse::<u32>().ok().filter(|number| *number > 0);
            number.ok_or_else(|| wrong("a number above 0"))
        };
        Ok(match key {
            "parallelism.default" => self.parallelism(number()?),
            "execution.runtime-mode" => {
                let mode = match value.to_ascii_uppercase().as_str() {
                    "STREAMING" => ExecutionMode::Streaming,
                    "BATCH" => ExecutionMode::Batch,
                    "AUTOMATIC" => ExecutionMode::Automatic,
                    _ => return Err(wrong("STREAMING, BATCH or AUTOMATIC")),
                };
                self.mode(mode)
            }
            "execution.checkpointing.dir" => {
                self.checkpoints(folder(value).ok_or_else(|| wrong(FOLDER))?)
            }
            "execution.checkpointing.interval" => {
                let interval = duration(value).filter(|interval| !interval.is_zero());
                self.checkpoint_interval(interval.ok_or_else(|| wrong("a time such as '10 s'"))?)
            }
            "execution.checkpointing.num-retained" => {
                self.keep_checkpoints(usize::try_from(number()?).unwrap_or(usize::MAX))
            }
            "execution.state-recovery.path" => {
                self.resume_from(folder(value).ok_or_else(|| wrong(FOLDER))?)
            }
            _ => {
                let known = KNOWN.join(", ");
                let reason = format!("the local runner has no option '{key}'; it has {known}");
                return Err(JobError::Refused(reason));
            }
        })
    }
}

const FOLDER: &str = "a folder of this machine";

/// A path, or a URI of one.
fn folder(text: &str) -> Option<PathBuf> {
    let path = match text.strip_prefix("file:") {
        Some(path) => path.strip_prefix("//").unwrap_or(path),
        None if text.contains("://") => return None,
        None => text,
    };
    (!path.is_empty()).then(|| PathBuf::from(path))
}

/// A time in Flink's words: a number, and a unit unless it is in milliseconds.
fn duration(text: &str) -> Option<Duration> {
    let text = text.trim();
    let digits = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let (number, unit) = text.split_at(digits);
    let number: u64 = number.parse().ok()?;
    let millis = match unit.trim() {
        "" | "ms" | "milli" | "millis" | "millisecond" | "milliseconds" => 1,
        "s" | "sec" | "secs" | "second" | "seconds" => 1_000,
        "m" | "min" | "minute" | "minutes" => 60_000,
        "h" | "hour" | "hours" => 3_600_000,
        "d" | "day" | "days" => 86_400_000,
        _ => return None,
    };
    Some(Duration::from_millis(number.checked_mul(millis)?))
}

#[cfg(test)]
mod tests {
    use super::{duration, folder};
    use std::path::Path;
    use std::time::Duration;

    #[test]
    fn times_are_read_as_flink_reads_them() {
        let seconds = |seconds| Some(Duration::from_secs(seconds));
        assert_eq!(duration("10s"), seconds(10));
        assert_eq!(duration(" 2 min "), seconds(120));
        assert_eq!(duration("1500"), Some(Duration::from_millis(1_500)));
        assert_eq!(duration("1 d"), seconds(86_400));
        for wrong in
            ["", "s", "-1 s", "1.5 s", "1 week", "99999999999999999999", "18446744073709551615 d"]
        {
            assert_eq!(duration(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_folder_is_a_path_or_a_uri_of_one() {
        for text in ["/a/b", "file:/a/b", "file:///a/b"] {
            assert_eq!(folder(text).as_deref(), Some(Path::new("/a/b")), "{text}");
        }
        assert_eq!(folder("a").as_deref(), Some(Path::new("a")));
        assert_eq!(folder("s3://bucket/a"), None);
        assert_eq!(folder(""), None);
    }
}
