//! What both harnesses do: encode, run the stage, decode.

use std::marker::PhantomData;

use brookite_core::coder::{Arena, Encoding, Input};
use brookite_core::proto::{Edge, FailureKind, StageSpec, Subtask};
use brookite_core::{Data, DataType, View};

use crate::failure::{Failed, failure};
use crate::memory::MemoryHost;
use crate::registry::{FunctionEntry, Registry};
use crate::stage::{NO_TIMESTAMP, Stage};

/// What a function is called in failures when it has no name.
const UNNAMED: &str = "function";

#[derive(Debug)]
pub(super) struct Runner<In, Out> {
    /// The one function, if it is not a registered one.
    entry: Option<FunctionEntry>,
    spec: StageSpec,
    stage: Stage,
    host: MemoryHost,
    results: Vec<Vec<u8>>,
    arena: Arena,
    types: PhantomData<fn(In) -> Out>,
}

impl<In: Data, Out: Data> Runner<In, Out> {
    /// Opens a function that need not be registered.
    pub(super) fn only(
        entry: fn(&'static str) -> FunctionEntry,
        key: Option<DataType>,
    ) -> Result<Self, Failed> {
        Self::open(Some(entry(UNNAMED)), UNNAMED, key)
    }

    /// Opens a function of that name: `entry`, or a registered one.
    pub(super) fn open(
        entry: Option<FunctionEntry>,
        name: &str,
        key: Option<DataType>,
    ) -> Result<Self, Failed> {
        let edge = |data_type: &DataType| Edge {
            r#type: Some(data_type.into()),
            encoding: brookite_core::proto::Encoding::from(Encoding::Serializer).into(),
        };
        let spec = StageSpec {
            stage: "harness".to_owned(),
            functions: vec![name.to_owned()],
            input: Some(edge(&In::data_type())),
            output: Some(edge(&Out::data_type())),
            key: key.as_ref().map(edge),
            subtask: Some(Subtask { index: 0, parallelism: 1, attempt: 0 }),
            ..StageSpec::default()
        };
        let host = MemoryHost::new();
        let stage = opened(entry.as_ref(), &spec, &host)?;
        let (results, arena) = (Vec::new(), Arena::default());
        Ok(Self { entry, spec, stage, host, results, arena, types: PhantomData })
    }

    pub(super) fn host(&self) -> &MemoryHost {
        &self.host
    }

    pub(super) fn process(
        &mut self,
        key: &[u8],
        value: View<'_, In>,
        timestamp: Option<i64>,
    ) -> Result<Vec<View<'_, Out>>, Failed> {
        self.host.enter(key);
        let record = encode::<In>(&value)?;
        let output = self.stage.process(0, key, &record, timestamp.unwrap_or(NO_TIMESTAMP))?;
        self.results.clear();
        let results = &mut self.results;
        self.host.apply(output, |record| results.push(record.to_vec())).map_err(broken)?;
        self.arena.reset();
        let decode = |bytes| Out::decode(&mut Input::new(bytes, &self.arena)).map_err(broken);
        self.results.iter().map(|bytes| decode(bytes)).collect()
    }

    pub(super) fn restart(&mut self) -> Result<(), Failed> {
        let output = self.stage.flush()?;
        self.host.apply(output, |_| ()).map_err(broken)?;
        self.stage.close()?;
        self.crash()
    }

    pub(super) fn crash(&mut self) -> Result<(), Failed> {
        self.stage = opened(self.entry.as_ref(), &self.spec, &self.host)?;
        Ok(())
    }

    pub(super) fn close(&mut self) -> Result<(), Failed> {
        self.stage.close().map(|_| ())
    }
}

fn opened(
    entry: Option<&FunctionEntry>,
    spec: &StageSpec,
    host: &MemoryHost,
) -> Result<Stage, Failed> {
    let mut stage = match entry {
        Some(entry) => Stage::build(&Registry::of([entry]), spec.clone())?,
        None => Stage::build(Registry::linked(), spec.clone())?,
    };
    stage.open(Box::new(host.clone()))?;
    Ok(stage)
}

pub(super) fn encode<T: Data>(value: &View<'_, T>) -> Result<Vec<u8>, Failed> {
    let mut bytes = Vec::new();
    T::encode(value, &mut bytes).map_err(broken)?;
    Ok(bytes)
}

fn broken(error: impl std::fmt::Display) -> Failed {
    Box::new(failure(FailureKind::BadInput, error.to_string()))
}
