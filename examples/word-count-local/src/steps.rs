//! The two stages, and the host that stands in for Flink.

use std::sync::Arc;

use anyhow::{Context, Error, Result, anyhow};
use brookite_abi::{Failed, Library, LoadedStage};
use brookite_core::Data;
use brookite_core::coder::{Arena, Coder, SerializerCoder};
use brookite_core::proto::{Edge, Encoding, StageSpec, Subtask};
use brookite_executor::memory::MemoryHost;
use prost::Message;

/// No record here has a timestamp.
const NO_TIMESTAMP: i64 = i64::MIN;

/// Lines to words.
pub(crate) struct Split {
    stage: LoadedStage,
    host: MemoryHost,
}

impl Split {
    pub(crate) fn open(library: &Arc<Library>) -> Result<Self> {
        let text = edge::<&'static str>(Encoding::Direct);
        let (stage, host) = open(library, "split", text.clone(), text, None)?;
        Ok(Self { stage, host })
    }

    /// Gives the words of a line to `each`, as UTF-8.
    pub(crate) fn line(
        &mut self,
        line: &[u8],
        mut each: impl FnMut(&[u8]) -> Result<()>,
    ) -> Result<()> {
        let frames = self.stage.process(0, &[], line, NO_TIMESTAMP).map_err(describe)?;
        let mut outcome = Ok(());
        self.host.apply(frames, |word| {
            if outcome.is_ok() {
                outcome = each(word);
            }
        })?;
        outcome
    }

    pub(crate) fn close(mut self) -> Result<()> {
        self.stage.finish().map_err(describe)?;
        self.stage.close().map(|_| ()).map_err(describe)
    }
}

/// Words to their running counts.
pub(crate) struct Count {
    stage: LoadedStage,
    host: MemoryHost,
    arena: Arena,
}

impl Count {
    pub(crate) fn open(library: &Arc<Library>) -> Result<Self> {
        let text = edge::<&'static str>(Encoding::Direct);
        let count = edge::<(&'static str, i64)>(Encoding::Serializer);
        let (stage, host) = open(library, "count", text.clone(), count, Some(text))?;
        Ok(Self { stage, host, arena: Arena::default() })
    }

    /// Counts a word, which is its own key, and gives each result to `each`.
    pub(crate) fn word(
        &mut self,
        word: &[u8],
        mut each: impl FnMut(&str, i64) -> Result<()>,
    ) -> Result<()> {
        self.arena.reset();
        self.host.enter(word);
        let frames = self.stage.process(0, word, word, NO_TIMESTAMP).map_err(describe)?;
        let arena = &self.arena;
        let mut outcome = Ok(());
        self.host.apply(frames, |record| {
            if outcome.is_ok() {
                outcome = Coder::<(&'static str, i64)>::decode(&SerializerCoder, record, arena)
                    .context("the stage wrote no count")
                    .and_then(|(word, count)| each(word, count));
            }
        })?;
        outcome
    }

    pub(crate) fn close(mut self) -> Result<()> {
        let frames = self.stage.finish().map_err(describe)?;
        self.host.apply(frames, |_| ())?;
        self.stage.close().map(|_| ()).map_err(describe)
    }
}

fn open(
    library: &Arc<Library>,
    function: &str,
    input: Edge,
    output: Edge,
    key: Option<Edge>,
) -> Result<(LoadedStage, MemoryHost)> {
    let spec = StageSpec {
        stage: function.to_owned(),
        functions: vec![function.to_owned()],
        input: Some(input),
        output: Some(output),
        key,
        subtask: Some(Subtask { index: 0, parallelism: 1, attempt: 0 }),
        ..StageSpec::default()
    };
    let host = MemoryHost::new();
    let stage = LoadedStage::open(library, &spec.encode_to_vec(), Box::new(host.clone()))
        .map_err(describe)?;
    Ok((stage, host))
}

fn edge<T: Data>(encoding: Encoding) -> Edge {
    Edge { r#type: Some((&T::data_type()).into()), encoding: encoding.into() }
}

fn describe(failure: Failed) -> Error {
    let mut text = format!("{} of '{}': {}", failure.phase, failure.function, failure.message);
    for cause in &failure.causes {
        text.push_str(": ");
        text.push_str(cause);
    }
    anyhow!(text)
}
