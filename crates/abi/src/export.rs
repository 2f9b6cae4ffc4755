//! The plugin's side of the table: what [`export_plugin!`](crate::export_plugin) puts into a user's
//! library.

use std::sync::OnceLock;

use brookite_core::proto::{Failure, FailureKind, PipelineCall, StageSpec};
use brookite_executor::{Failed, Registry, Stage, guard};
use prost::Message as _;

use crate::host_adapter::HostAdapter;
use crate::report;
use crate::slice::ByteSlice;
use crate::table::{
    ABI_VERSION, DueTimer, HostTable, Instance, MAGIC, PluginTable, Status, TableHeader,
};

/// Exports everything that the attributes registered, functions and pipelines, as a Brookite plugin.
///
/// Written once, at the root of a crate whose `crate-type` contains `cdylib`.
#[macro_export]
macro_rules! export_plugin {
    () => {
        #[cfg(panic = "abort")]
        ::core::compile_error!(
            "a Brookite plugin needs `panic = \"unwind\"`: with \"abort\", a panic in one function \
             would end the whole TaskManager"
        );

        const _: () = {
            struct ThisCrate;

            impl $crate::export::Plugin for ThisCrate {
                const NAME: &'static str = ::core::env!("CARGO_PKG_NAME");
                const VERSION: &'static str = ::core::env!("CARGO_PKG_VERSION");
            }

            #[unsafe(no_mangle)]
            pub static BROOKITE_PLUGIN: $crate::table::PluginTable =
                $crate::export::table::<ThisCrate>();
        };
    };
}

/// What a plugin says about itself; implemented by [`export_plugin!`](crate::export_plugin).
pub trait Plugin {
    /// Name of the user's crate.
    const NAME: &'static str;
    /// Version of the user's crate.
    const VERSION: &'static str;

    /// The functions and pipelines on offer: by default, all that were linked into this library.
    fn registry() -> &'static Registry<'static> {
        Registry::linked()
    }
}

/// The table of plugin `P`.
pub const fn table<P: Plugin>() -> PluginTable {
    PluginTable {
        header: TableHeader {
            magic: MAGIC,
            abi_version: ABI_VERSION,
            table_size: size_of::<PluginTable>() as u32,
        },
        manifest: manifest::<P>,
        describe_pipeline: describe_pipeline::<P>,
        open: open::<P>,
        process,
        advance_watermark,
        fire_timer,
        flush,
        end_key,
        discard,
        tick,
        finish,
        close,
        release,
    }
}

/// What the opaque [`Instance`] is on this side.
struct Opened {
    /// Absent when opening failed, and of an instance that keeps a pipeline's graph.
    stage: Option<Stage>,
    /// The latest report, or the graph, lent to the host.
    report: Vec<u8>,
}

unsafe extern "C" fn manifest<P: Plugin>(bytes: *mut ByteSlice) -> Status {
    // One for the whole library, as a library has one plugin. A failure is kept as well: the host
    // may look at it for as long as at a manifest.
    static MANIFEST: OnceLock<(Status, Vec<u8>)> = OnceLock::new();
    let (status, encoded) = MANIFEST.get_or_init(|| {
        let build = || P::registry().manifest(P::NAME, P::VERSION, ABI_VERSION).encode_to_vec();
        match guard::catch(build) {
            Ok(encoded) => (Status::OK, encoded),
            Err(caught) => (Status::FAILED, report::panicked(caught, "load").encode_to_vec()),
        }
    });
    // SAFETY: the host gives a pointer that may be written to.
    unsafe { *bytes = ByteSlice::of(encoded) };
    *status
}

unsafe extern "C" fn describe_pipeline<P: Plugin>(
    call: ByteSlice,
    instance: *mut *mut Instance,
    graph: *mut ByteSlice,
) -> Status {
    // SAFETY: the host lends the call for this one.
    let call = unsafe { call.as_bytes() };
    let described = guard::catch(|| describe(P::registry(), call))
        .unwrap_or_else(|caught| Err(report::panicked(caught, "pipeline")));
    let (status, report) = match described {
        Ok(graph) => (Status::OK, graph),
        Err(failure) => (Status::FAILED, failure.encode_to_vec()),
    };
    let kept = Box::new(Opened { stage: None, report });
    // SAFETY: the host gives pointers that may be written to. The bytes stay where they are when the
    // box becomes a pointer.
    unsafe {
        *graph = ByteSlice::of(&kept.report);
        *instance = Box::into_raw(kept).cast();
    }
    status
}

fn describe(registry: &Registry<'_>, call: &[u8]) -> Result<Vec<u8>, Failed> {
    let call = PipelineCall::decode(call).map_err(|error| {
        let message = format!("the call of a pipeline is malformed: {error}");
        report::failure(FailureKind::InvalidStage, "pipeline", message)
    })?;
    Ok(registry.pipeline(&call)?.graph.encode_to_vec())
}

unsafe extern "C" fn open<P: Plugin>(
    spec: ByteSlice,
    host: *const HostTable,
    instance: *mut *mut Instance,
    report: *mut ByteSlice,
) -> Status {
    // SAFETY: the host lends the spec for this call, and keeps to the contract of its table.
    let (spec, host) = unsafe { (spec.as_bytes(), HostAdapter::new(*host)) };
    let opened = match guard::catch(|| open_stage(P::registry(), spec, host)) {
        Ok(Ok(stage)) => Box::new(Opened { stage: Some(stage), report: Vec::new() }),
        Ok(Err(failure)) => Opened::failed(&failure),
        Err(caught) => Opened::failed(&report::panicked(caught, "open")),
    };
    let status = if opened.stage.is_some() { Status::OK } else { Status::FAILED };
    // SAFETY: the host gives pointers that may be written to. The report stays where it is when the
    // box becomes a pointer.
    unsafe {
        *report = ByteSlice::of(&opened.report);
        *instance = Box::into_raw(opened).cast();
    }
    status
}

fn open_stage(registry: &Registry<'_>, spec: &[u8], host: HostAdapter) -> Result<Stage, Failed> {
    let spec = StageSpec::decode(spec).map_err(|error| {
        let message = format!("the stage's specification is malformed: {error}");
        report::failure(FailureKind::InvalidStage, "build", message)
    })?;
    let mut stage = Stage::build(registry, spec)?;
    if let Err(mut failure) = stage.open(Box::new(host)) {
        // The host gets no stage that it could close, so it is closed here.
        if let Err(second) = stage.close() {
            failure.message += &format!(" (and then closing failed: {})", second.message);
        }
        return Err(failure);
    }
    Ok(stage)
}

unsafe extern "C" fn process(
    instance: *mut Instance,
    input: u32,
    key: ByteSlice,
    record: ByteSlice,
    timestamp: i64,
    output: *mut ByteSlice,
) -> Status {
    // SAFETY: the host lends key and record for this call; the rest as for `call`.
    unsafe {
        let (key, record) = (key.as_bytes(), record.as_bytes());
        call(instance, output, "process", |stage| stage.process(input, key, record, timestamp))
    }
}

unsafe extern "C" fn advance_watermark(
    instance: *mut Instance,
    watermark: i64,
    output: *mut ByteSlice,
) -> Status {
    // SAFETY: as for `call`.
    unsafe { call(instance, output, "watermark", |stage| stage.advance_watermark(watermark)) }
}

unsafe extern "C" fn fire_timer(
    instance: *mut Instance,
    timer: *const DueTimer,
    output: *mut ByteSlice,
) -> Status {
    // SAFETY: the host lends the timer, its key and its namespace for this call; the rest as for
    // `call`.
    unsafe {
        let DueTimer { time, key, namespace, domain } = *timer;
        let (key, namespace) = (key.as_bytes(), namespace.as_bytes());
        call(instance, output, "timer", |stage| stage.fire_timer(domain, key, namespace, time))
    }
}

unsafe extern "C" fn flush(instance: *mut Instance, output: *mut ByteSlice) -> Status {
    // SAFETY: as for `call`.
    unsafe { call(instance, output, "flush", Stage::flush) }
}

unsafe extern "C" fn end_key(instance: *mut Instance, output: *mut ByteSlice) -> Status {
    // SAFETY: as for `call`.
    unsafe { call(instance, output, "flush", Stage::end_key) }
}

unsafe extern "C" fn discard(instance: *mut Instance, output: *mut ByteSlice) -> Status {
    // SAFETY: as for `call`.
    unsafe { call(instance, output, "flush", Stage::discard) }
}

unsafe extern "C" fn tick(instance: *mut Instance, output: *mut ByteSlice) -> Status {
    // SAFETY: as for `call`.
    unsafe { call(instance, output, "tick", |stage| stage.tick().map(|()| [].as_slice())) }
}

unsafe extern "C" fn finish(instance: *mut Instance, output: *mut ByteSlice) -> Status {
    // SAFETY: as for `call`.
    unsafe { call(instance, output, "finish", Stage::finish) }
}

unsafe extern "C" fn close(instance: *mut Instance, output: *mut ByteSlice) -> Status {
    // SAFETY: as for `call`.
    unsafe { call(instance, output, "close", Stage::close) }
}

unsafe extern "C" fn release(instance: *mut Instance) {
    // SAFETY: the instance is one of `open`, and the host releases it once.
    let opened = unsafe { Box::from_raw(instance.cast::<Opened>()) };
    // A destructor that panics here has nobody left to tell: what had to be said was said by `close`.
    let _ = guard::catch(|| drop(opened));
}

/// The one way into a stage: finds it, keeps panics in, lends out its answer.
///
/// # Safety
///
/// `instance` must be one of [`open`] that was not released yet and that nobody else is using, and
/// `bytes` must be writable.
#[inline]
unsafe fn call(
    instance: *mut Instance,
    bytes: *mut ByteSlice,
    phase: &str,
    body: impl FnOnce(&mut Stage) -> Result<&[u8], Failed>,
) -> Status {
    // SAFETY: by this function's contract.
    let opened = unsafe { &mut *instance.cast::<Opened>() };
    let failure = match opened.stage.as_mut() {
        // The stage keeps the user's panics itself; what is left would be a fault of its own.
        Some(stage) => match guard::shield(|| body(stage)) {
            Ok(Ok(output)) => {
                // SAFETY: by this function's contract.
                unsafe { *bytes = ByteSlice::of(output) };
                return Status::OK;
            }
            Ok(Err(failure)) => failure,
            Err(caught) => report::panicked(caught, phase),
        },
        None => never_opened(phase),
    };
    opened.report = failure.encode_to_vec();
    // SAFETY: by this function's contract.
    unsafe { *bytes = ByteSlice::of(&opened.report) };
    Status::FAILED
}

#[cold]
fn never_opened(phase: &str) -> Failed {
    let message = "the stage did not open, so it can only be released";
    report::failure(FailureKind::Lifecycle, phase, message)
}

impl Opened {
    fn failed(failure: &Failure) -> Box<Self> {
        Box::new(Self { stage: None, report: failure.encode_to_vec() })
    }
}
