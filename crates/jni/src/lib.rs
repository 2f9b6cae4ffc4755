//! The bridge: what stands behind the native methods of `org.brookite.bridge.NativeBridge`.
//!
//! This crate translates and decides nothing. Plugins are opened and stages are run by
//! `brookite-abi`; here they get handles, buffers and a host that calls back into Java.
//!
//! **The way of a record.** Java writes key and record into the direct buffer `in` and calls
//! [`process`]. That finds the stage by its handle, checks the lengths, calls the plugin, and copies
//! what came back into the direct buffer `out`. It makes no JNI call unless something fails: addresses
//! were looked up when the buffers were handed over, and the calling thread is known by its `JNIEnv`
//! pointer.
//!
//! **Output that does not fit** stays here. The call returns its length, Java makes a larger buffer,
//! and [`grow_out`] delivers.
//!
//! **Threads.** A stage belongs to the thread that opened it. Only [`close_stage`] may come from
//! another one, because a task thread may be gone when its operator is cleaned up. A slot lets one
//! call in at a time, so whatever Java does, there is never a second one inside a stage.
//!
//! **Failures.** Every export runs under one guard, which turns a panic or an error into a
//! `NativeFailure` with an encoded `Failure`, except that an exception which Java itself threw under a
//! callback goes back to Java as the same object.
//!
//! **Class loaders.** Nothing here keeps the Java classes alive for longer than a stage is open: what
//! is cached for ever is held weakly. When a job's class loader goes, so does this copy of the
//! library; the plugins that it opened stay.

mod buffer;
mod callbacks;
mod fault;
mod guard;
mod host;
mod java;
mod libraries;
mod metric;
mod slots;
mod stage;

use std::path::Path;

use brookite_abi::Library;
use brookite_abi::proto::PipelineCall;
use brookite_abi::table::ABI_VERSION;
use jni::objects::{JByteArray, JByteBuffer, JClass, JObject, JString};
use jni::sys::{jint, jlong};
use jni::{EnvUnowned, jni_mangle};
use prost::Message as _;

use crate::fault::{Fault, not_null};
use crate::guard::{Caller, with_env};
use crate::slots::Slots;
use crate::stage::{BridgeStage, StageBuffers};

/// All open stages of this copy of the bridge.
static STAGES: Slots<BridgeStage> = Slots::new();

/// `int abiVersion()`
#[jni_mangle("org.brookite.bridge.NativeBridge")]
pub fn abi_version<'l>(env: EnvUnowned<'l>, _class: JClass<'l>) -> jint {
    guard::run(env, |_| Ok(ABI_VERSION as jint))
}

/// `long openLibrary(String path)`
#[jni_mangle("org.brookite.bridge.NativeBridge")]
pub fn open_library<'l>(env: EnvUnowned<'l>, _class: JClass<'l>, path: JString<'l>) -> jlong {
    guard::run(env, |env| {
        let path = with_env(env, |env| {
            not_null(&path, "path")?;
            Ok(path.try_to_string(env)?)
        })?;
        Ok(libraries::add(Library::open(Path::new(&path))?))
    })
}

/// `byte[] manifest(long library)`
#[jni_mangle("org.brookite.bridge.NativeBridge")]
pub fn manifest<'l>(env: EnvUnowned<'l>, _class: JClass<'l>, library: jlong) -> JByteArray<'l> {
    guard::run(env, |env| {
        let library = libraries::get(library)?;
        with_env(env, |env| Ok(env.byte_array_from_slice(library.manifest())?))
    })
}

/// `byte[] describePipeline(long library, byte[] call)`
#[jni_mangle("org.brookite.bridge.NativeBridge")]
pub fn describe_pipeline<'l>(
    env: EnvUnowned<'l>,
    _class: JClass<'l>,
    library: jlong,
    call: JByteArray<'l>,
) -> JByteArray<'l> {
    guard::run(env, |env| {
        let library = libraries::get(library)?;
        let call = with_env(env, |env| {
            not_null(&call, "call")?;
            Ok(env.convert_byte_array(&call)?)
        })?;
        let call = PipelineCall::decode(call.as_slice())
            .map_err(|error| Fault::bridge(format!("malformed call of a pipeline: {error}")))?;
        let graph = library.pipeline(&call.pipeline, &call.arguments)?;
        with_env(env, |env| Ok(env.byte_array_from_slice(&graph.encode_to_vec())?))
    })
}

/// `void closeLibrary(long library)`
#[jni_mangle("org.brookite.bridge.NativeBridge")]
pub fn close_library<'l>(env: EnvUnowned<'l>, _class: JClass<'l>, library: jlong) {
    guard::run(env, |_| libraries::remove(library))
}

/// `long openStage(long library, byte[] stageSpec, StageHost host, ByteBuffer in, ByteBuffer out)`
#[jni_mangle("org.brookite.bridge.NativeBridge")]
#[allow(clippy::too_many_arguments)] // The native method has as many.
pub fn open_stage<'l>(
    env: EnvUnowned<'l>,
    _class: JClass<'l>,
    library: jlong,
    stage_spec: JByteArray<'l>,
    host: JObject<'l>,
    r#in: JByteBuffer<'l>,
    out: JByteBuffer<'l>,
) -> jlong {
    guard::run(env, |env| {
        let library = libraries::get(library)?;
        let caller = Caller::of(env);
        let (spec, host, buffers) = with_env(env, |env| {
            not_null(&stage_spec, "stageSpec")?;
            not_null(&host, "host")?;
            let spec = env.convert_byte_array(&stage_spec)?;
            let buffers = StageBuffers::new(env, &r#in, &out)?;
            Ok((spec, env.new_global_ref(&host)?, buffers))
        })?;
        let stage = BridgeStage::open(caller, &library, &spec, host, buffers)?;
        Ok(STAGES.insert(caller.owner(), stage)?)
    })
}

/// `int process(long stage, int input, int keyLength, int recordLength, long timestamp)`
#[jni_mangle("org.brookite.bridge.NativeBridge")]
#[allow(clippy::too_many_arguments)] // The native method has as many.
pub fn process<'l>(
    env: EnvUnowned<'l>,
    _class: JClass<'l>,
    stage: jlong,
    input: jint,
    key_length: jint,
    record_length: jint,
    timestamp: jlong,
) -> jint {
    guard::run(env, |env| {
        let mut stage = STAGES.enter(stage, Caller::of(env).owner())?;
        stage.process(input, key_length, record_length, timestamp)
    })
}

/// `int advanceWatermark(long stage, long watermark)`
#[jni_mangle("org.brookite.bridge.NativeBridge")]
pub fn advance_watermark<'l>(
    env: EnvUnowned<'l>,
    _class: JClass<'l>,
    stage: jlong,
    watermark: jlong,
) -> jint {
    guard::run(env, |env| {
        STAGES.enter(stage, Caller::of(env).owner())?.advance_watermark(watermark)
    })
}

/// `int fireTimer(long stage, int domain, int keyLength, int namespaceLength, long time)`
#[jni_mangle("org.brookite.bridge.NativeBridge")]
#[allow(clippy::too_many_arguments)] // The native method has as many.
pub fn fire_timer<'l>(
    env: EnvUnowned<'l>,
    _class: JClass<'l>,
    stage: jlong,
    domain: jint,
    key_length: jint,
    namespace_length: jint,
    time: jlong,
) -> jint {
    guard::run(env, |env| {
        let mut stage = STAGES.enter(stage, Caller::of(env).owner())?;
        stage.fire_timer(domain, key_length, namespace_length, time)
    })
}

/// `int flush(long stage)`
#[jni_mangle("org.brookite.bridge.NativeBridge")]
pub fn flush<'l>(env: EnvUnowned<'l>, _class: JClass<'l>, stage: jlong) -> jint {
    guard::run(env, |env| STAGES.enter(stage, Caller::of(env).owner())?.flush())
}

/// `int endKey(long stage)`
#[jni_mangle("org.brookite.bridge.NativeBridge")]
pub fn end_key<'l>(env: EnvUnowned<'l>, _class: JClass<'l>, stage: jlong) -> jint {
    guard::run(env, |env| STAGES.enter(stage, Caller::of(env).owner())?.end_key())
}

/// `int discard(long stage)`
#[jni_mangle("org.brookite.bridge.NativeBridge")]
pub fn discard<'l>(env: EnvUnowned<'l>, _class: JClass<'l>, stage: jlong) -> jint {
    guard::run(env, |env| STAGES.enter(stage, Caller::of(env).owner())?.discard())
}

/// `void tick(long stage)`
#[jni_mangle("org.brookite.bridge.NativeBridge")]
pub fn tick<'l>(env: EnvUnowned<'l>, _class: JClass<'l>, stage: jlong) {
    guard::run(env, |env| STAGES.enter(stage, Caller::of(env).owner())?.tick())
}

/// `int finish(long stage)`
#[jni_mangle("org.brookite.bridge.NativeBridge")]
pub fn finish<'l>(env: EnvUnowned<'l>, _class: JClass<'l>, stage: jlong) -> jint {
    guard::run(env, |env| STAGES.enter(stage, Caller::of(env).owner())?.finish())
}

/// `int closeStage(long stage)`
#[jni_mangle("org.brookite.bridge.NativeBridge")]
pub fn close_stage<'l>(env: EnvUnowned<'l>, _class: JClass<'l>, stage: jlong) -> jint {
    guard::run(env, |env| stage::close(&STAGES, stage, Caller::of(env)))
}

/// `void growIn(long stage, ByteBuffer in)`
#[jni_mangle("org.brookite.bridge.NativeBridge")]
pub fn grow_in<'l>(env: EnvUnowned<'l>, _class: JClass<'l>, stage: jlong, r#in: JByteBuffer<'l>) {
    guard::run(env, |env| {
        let mut stage = STAGES.enter(stage, Caller::of(env).owner())?;
        with_env(env, |env| stage.grow_in(env, &r#in))
    })
}

/// `void growOut(long stage, ByteBuffer out)`
#[jni_mangle("org.brookite.bridge.NativeBridge")]
pub fn grow_out<'l>(env: EnvUnowned<'l>, _class: JClass<'l>, stage: jlong, out: JByteBuffer<'l>) {
    guard::run(env, |env| {
        let mut stage = STAGES.enter(stage, Caller::of(env).owner())?;
        with_env(env, |env| stage.grow_out(env, &out))?;
        // After `closeStage`, the handle was kept for this output only.
        if stage.is_closed() {
            drop(stage.remove());
        }
        Ok(())
    })
}
