//! Windows and triggers as the transcripts write them: Python's calls.

use brookite_core::windowing::{Session, Sliding, Trigger, Tumbling, WindowingStrategy};

use super::CustomTimestamping;
use crate::beam::file::{self, MalformedFile, Node};

/// `Name`, `Name(1, Other, early=Other(2))` or a number.
#[derive(Debug, PartialEq)]
struct Call<'t> {
    name: &'t str,
    arguments: Vec<(Option<&'t str>, Call<'t>)>,
}

impl<'t> Call<'t> {
    fn parse(text: &'t str) -> Option<Self> {
        let text = text.trim();
        let Some(open) = text.find('(') else {
            return (!text.contains([')', ',', '=']))
                .then_some(Self { name: text, arguments: Vec::new() });
        };
        let inner = text[open + 1..].strip_suffix(')')?;
        let arguments = split(inner)?.into_iter().map(|argument| {
            let (keyword, value) = match argument.split_once('=') {
                // A sign of equality behind a bracket belongs to an argument of the argument.
                Some((keyword, value)) if !keyword.contains('(') => (Some(keyword.trim()), value),
                _ => (None, argument),
            };
            Some((keyword, Self::parse(value)?))
        });
        Some(Self { name: text[..open].trim(), arguments: arguments.collect::<Option<_>>()? })
    }

    fn number(&self) -> Option<i64> {
        self.arguments.is_empty().then(|| self.name.parse().ok())?
    }

    /// The arguments, all of which are numbers without names.
    fn numbers(&self) -> Option<Vec<i64>> {
        let numbers = self.arguments.iter();
        numbers.map(|(keyword, call)| call.number().filter(|_| keyword.is_none())).collect()
    }

    fn windows(&self) -> Option<WindowingStrategy> {
        Some(match (self.name, self.numbers()?.as_slice()) {
            ("FixedWindows", [size]) => WindowingStrategy::new(Tumbling::of(*size)),
            ("FixedWindows", [size, offset]) => {
                WindowingStrategy::new(Tumbling::of(*size).offset(*offset))
            }
            ("SlidingWindows", [size, period]) => {
                WindowingStrategy::new(Sliding::of(*size, *period))
            }
            ("Sessions", [gap]) => WindowingStrategy::new(Session::with_gap(*gap)),
            ("GlobalWindows", []) => WindowingStrategy::default(),
            ("CustomTimestampingFixedWindowsWindowFn", [size]) => {
                WindowingStrategy::new(CustomTimestamping(Tumbling::of(*size)))
            }
            _ => return None,
        })
    }

    fn trigger(&self) -> Option<Trigger> {
        let parts = || {
            let parts = self.arguments.iter();
            parts.map(|(keyword, part)| part.trigger().filter(|_| keyword.is_none()))
        };
        Some(match self.name {
            "Default" => Trigger::default(),
            "AfterWatermark" => {
                let mut trigger = Trigger::after_watermark();
                for (keyword, part) in &self.arguments {
                    trigger = match *keyword {
                        Some("early") => trigger.early(part.trigger()?),
                        Some("late") => trigger.late(part.trigger()?),
                        _ => return None,
                    };
                }
                trigger
            }
            "AfterCount" => match self.numbers()?.as_slice() {
                [count] => Trigger::after_count(u64::try_from(*count).ok()?),
                _ => return None,
            },
            "AfterProcessingTime" => match self.numbers()?.as_slice() {
                [] => Trigger::after_processing_time(0),
                [delay] => Trigger::after_processing_time(*delay),
                _ => return None,
            },
            "Always" => Trigger::after_count(1).repeatedly(),
            "Repeatedly" => {
                let parts: Vec<Trigger> = parts().collect::<Option<_>>()?;
                let [inner] = <[Trigger; 1]>::try_from(parts).ok()?;
                inner.repeatedly()
            }
            "AfterEach" => Trigger::each(parts().collect::<Option<Vec<_>>>()?),
            "AfterAny" => Trigger::any(parts().collect::<Option<Vec<_>>>()?),
            "AfterAll" => Trigger::all(parts().collect::<Option<Vec<_>>>()?),
            _ => return None,
        })
    }
}

/// The parts between the commas that are in no brackets.
fn split(text: &str) -> Option<Vec<&str>> {
    let (mut parts, mut depth, mut start) = (Vec::new(), 0_usize, 0);
    for (at, char) in text.char_indices() {
        match char {
            '(' => depth += 1,
            ')' => depth = depth.checked_sub(1)?,
            ',' if depth == 0 => {
                parts.push(&text[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    if !text[start..].trim().is_empty() {
        parts.push(&text[start..]);
    }
    (depth == 0).then_some(parts)
}

pub(super) fn windows(node: &Node<'_>) -> Result<WindowingStrategy, MalformedFile> {
    let call = Call::parse(file::text(node)?);
    call.and_then(|call| call.windows()).ok_or_else(|| file::unexpected(node, "Beam's windows"))
}

pub(super) fn trigger(node: &Node<'_>) -> Result<Trigger, MalformedFile> {
    let call = Call::parse(file::text(node)?);
    call.and_then(|call| call.trigger())
        .ok_or_else(|| file::unexpected(node, "a trigger of Beam's"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn trigger_of(text: &str) -> Option<Trigger> {
        Call::parse(text).and_then(|call| call.trigger())
    }

    #[test]
    fn calls_nest_and_have_names_for_arguments() {
        let early_and_late = Trigger::after_watermark()
            .early(Trigger::any([Trigger::after_count(3), Trigger::after_processing_time(5)]))
            .late(Trigger::after_count(1).repeatedly());
        let text = "AfterWatermark(early=AfterAny(AfterCount(3), AfterProcessingTime(5)), \
                    late=Repeatedly(AfterCount(1)))";
        assert_eq!(trigger_of(text), Some(early_and_late));
        assert_eq!(trigger_of("Default()"), Some(Trigger::default()));
    }

    #[test]
    fn what_is_no_call_or_unknown_is_none() {
        for text in
            ["AfterCount(", "AfterCount(1))", "AfterCount(x)", "AfterWatermark(on=Default)", "Soon"]
        {
            assert_eq!(trigger_of(text), None, "{text}");
        }
    }
}
