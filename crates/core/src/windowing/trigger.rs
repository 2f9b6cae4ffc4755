//! [`Trigger`]: when a window fires.

use crate::windowing::InvalidWindowing;

/// When a window's result is told. Triggers combine, as in Beam's model.
///
/// A trigger that has fired for the last time is finished: what comes for its window afterwards is
/// dropped. [`repeatedly`](Self::repeatedly) never finishes; neither do the early and late parts of
/// [`after_watermark`](Self::after_watermark).
///
/// ```
/// use brookite_core::windowing::Trigger;
///
/// // Every hundred records or five seconds after the first of them, whichever comes first.
/// let eager = Trigger::any([Trigger::after_count(100), Trigger::after_processing_time(5_000)]);
/// assert!(eager.repeatedly().check(false).is_ok());
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Trigger {
    /// Once the watermark reaches the window's end; before that whenever `early` fires, after that
    /// whenever `late` fires. Without `late` it is finished then.
    AfterWatermark {
        /// Fires before the end.
        early: Option<Box<Trigger>>,
        /// Fires after the end.
        late: Option<Box<Trigger>>,
    },
    /// So many milliseconds of processing time after the first record since the last firing; then it is
    /// finished.
    AfterProcessingTime(i64),
    /// After so many records; then it is finished.
    AfterCount(u64),
    /// Whenever the inner trigger fires, which starts anew when it is finished.
    Repeatedly(Box<Trigger>),
    /// When the first trigger fires, until it is finished; then the second, and so on.
    AfterEach(Vec<Trigger>),
    /// When any of them fires; then it is finished if that one is.
    AfterAny(Vec<Trigger>),
    /// When all of them would fire; then it is finished if all are.
    AfterAll(Vec<Trigger>),
    /// Whenever the first fires, until the second does; then it is finished.
    OrFinally(Box<Trigger>, Box<Trigger>),
    /// Not at all.
    Never,
}

/// Most triggers in one: their states are bits of a word.
const MAX_NODES: usize = 64;

impl Default for Trigger {
    /// When the watermark reaches the window's end, and then for each late record. Flink's default for
    /// event time.
    fn default() -> Self {
        Self::after_watermark().late(Self::AfterCount(1))
    }
}

impl Trigger {
    /// Fires once the watermark reaches the window's end.
    pub fn after_watermark() -> Self {
        Self::AfterWatermark { early: None, late: None }
    }

    /// Fires also before the window's end, whenever `trigger` does.
    ///
    /// # Panics
    /// When this is no [`after_watermark`](Self::after_watermark): no other trigger has an early part.
    #[must_use]
    pub fn early(self, trigger: Self) -> Self {
        match self {
            Self::AfterWatermark { late, .. } => {
                Self::AfterWatermark { early: Some(Box::new(trigger)), late }
            }
            other => panic!("early firings belong to after_watermark, not to {other:?}"),
        }
    }

    /// Fires also after the window's end, whenever `trigger` does.
    ///
    /// # Panics
    /// When this is no [`after_watermark`](Self::after_watermark): no other trigger has a late part.
    #[must_use]
    pub fn late(self, trigger: Self) -> Self {
        match self {
            Self::AfterWatermark { early, .. } => {
                Self::AfterWatermark { early, late: Some(Box::new(trigger)) }
            }
            other => panic!("late firings belong to after_watermark, not to {other:?}"),
        }
    }

    /// Fires `delay` milliseconds of processing time after the first record.
    pub fn after_processing_time(delay: i64) -> Self {
        Self::AfterProcessingTime(delay)
    }

    /// Fires after `count` records.
    pub fn after_count(count: u64) -> Self {
        Self::AfterCount(count)
    }

    /// Fires whenever this does, again and again.
    #[must_use]
    pub fn repeatedly(self) -> Self {
        Self::Repeatedly(Box::new(self))
    }

    /// Fires when the first fires, then when the second does, and so on.
    pub fn each(triggers: impl IntoIterator<Item = Self>) -> Self {
        Self::AfterEach(triggers.into_iter().collect())
    }

    /// Fires when any of them does.
    pub fn any(triggers: impl IntoIterator<Item = Self>) -> Self {
        Self::AfterAny(triggers.into_iter().collect())
    }

    /// Fires when all of them would.
    pub fn all(triggers: impl IntoIterator<Item = Self>) -> Self {
        Self::AfterAll(triggers.into_iter().collect())
    }

    /// Fires when this does, until `last` fires.
    #[must_use]
    pub fn or_finally(self, last: Self) -> Self {
        Self::OrFinally(Box::new(self), Box::new(last))
    }

    /// The triggers right inside this one.
    pub fn parts(&self) -> Vec<&Self> {
        match self {
            Self::AfterWatermark { early, late } => {
                [early, late].into_iter().flatten().map(|part| &**part).collect()
            }
            Self::Repeatedly(inner) => vec![inner],
            Self::AfterEach(parts) | Self::AfterAny(parts) | Self::AfterAll(parts) => {
                parts.iter().collect()
            }
            Self::OrFinally(body, last) => vec![body, last],
            Self::AfterProcessingTime(_) | Self::AfterCount(_) | Self::Never => Vec::new(),
        }
    }

    /// Whether the trigger can go with windows that merge, or do not.
    ///
    /// # Errors
    /// Counts of zero, negative delays, combinations of nothing, and sequences under merging windows.
    pub fn check(&self, merging: bool) -> Result<(), InvalidWindowing> {
        let nodes = self.count();
        if nodes > MAX_NODES {
            let message = format!("a trigger may have at most {MAX_NODES} parts, found {nodes}");
            return Err(InvalidWindowing(message));
        }
        self.check_part(merging)
    }

    fn count(&self) -> usize {
        1 + self.parts().into_iter().map(Self::count).sum::<usize>()
    }

    fn check_part(&self, merging: bool) -> Result<(), InvalidWindowing> {
        let wrong = |message: String| Err(InvalidWindowing(message));
        match self {
            Self::AfterCount(0) => wrong("a trigger cannot fire after 0 records; use 1".to_owned()),
            Self::AfterProcessingTime(delay) if *delay < 0 => {
                wrong(format!("a trigger's delay must not be negative, found {delay} ms"))
            }
            Self::AfterEach(parts) | Self::AfterAny(parts) | Self::AfterAll(parts)
                if parts.is_empty() =>
            {
                wrong("a combination of no triggers never fires; use Trigger::Never".to_owned())
            }
            Self::AfterEach(_) if merging => wrong(
                "a sequence of triggers cannot go with windows that merge, since two windows may \
                 stand at different places of it; use any, all or repeatedly"
                    .to_owned(),
            ),
            _ => self.parts().into_iter().try_for_each(|part| part.check_part(merging)),
        }
    }
}
