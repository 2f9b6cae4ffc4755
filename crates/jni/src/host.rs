//! [`JavaHost`]: a plugin's [`Host`] whose other end is a `StageHost` in Java.

use std::rc::Rc;
use std::slice;

use brookite_abi::host::{Host, HostError, LogOrigin, MetricSlot, StateId};
use brookite_abi::metrics::MetricDeclaration;
use brookite_abi::proto;
use brookite_abi::state::{StateChange, StateDeclaration, StateQuery};
use jni::Env;
use jni::errors::Error;
use jni::objects::{JByteArray, JByteBuffer, JString, JValue};
use jni::signature::{Primitive, ReturnType};
use jni::sys::jint;
use log::{Level, LevelFilter};
use prost::Message as _;

use crate::buffer::DirectBuffer;
use crate::callbacks::Callbacks;
use crate::java::Java;
use crate::metric::MetricMemory;

/// The host of one stage: upcalls, and the metrics that Java reads without any.
pub(crate) struct JavaHost {
    callbacks: Rc<Callbacks>,
    /// By slot.
    metrics: Vec<MetricMemory>,
}

impl JavaHost {
    /// A host over `callbacks`.
    pub(crate) fn new(callbacks: Rc<Callbacks>) -> Self {
        Self { callbacks, metrics: Vec::new() }
    }

    /// Reads the value of a key's own state by way of the buffer `out`, which takes a third of what an
    /// array takes; says whether there is one. `None` when Java has it in an array only.
    fn read_value(&self, state: StateId, out: &mut Vec<u8>) -> Result<Option<bool>, HostError> {
        const ABSENT: jint = -1;
        const NOT_HERE: jint = -2;
        let arguments = [JValue::Int(state.0 as jint).as_jni()];
        let length = self.callbacks.upcall_with_numbers("readValue", |env, host| {
            // SAFETY: the method is `int readValue(int)`.
            unsafe { host.call(env, Java::get()?.read_value, INT, &arguments) }?.i()
        })?;
        match length {
            ABSENT => Ok(Some(false)),
            NOT_HERE => Ok(None),
            length => {
                let bytes = number("readValue", length)? as usize;
                // SAFETY: the stage, which this host is part of, keeps the buffer; Java is done with it.
                if unsafe { self.callbacks.answers().append_to(out, bytes) } {
                    return Ok(Some(true));
                }
                Err(HostError::new(format_args!(
                    "StageHost.readValue left {length} bytes, more than the buffer 'out' has"
                )))
            }
        }
    }
}

impl Host for JavaHost {
    fn register_state(&mut self, declaration: &StateDeclaration) -> Result<StateId, HostError> {
        let declaration = proto::StateDeclaration::from(declaration).encode_to_vec();
        let id = self.callbacks.upcall("registerState", |env, host| {
            let declaration = env.byte_array_from_slice(&declaration)?;
            let arguments = [JValue::from(&declaration).as_jni()];
            // SAFETY: the method is `int registerState(byte[])`.
            unsafe { host.call(env, Java::get()?.register_state, INT, &arguments) }?.i()
        })?;
        number("registerState", id).map(StateId)
    }

    fn read_state(
        &mut self,
        state: StateId,
        namespace: &[u8],
        query: StateQuery<'_>,
        out: &mut Vec<u8>,
    ) -> Result<bool, HostError> {
        if query == StateQuery::Value
            && namespace.is_empty()
            && let Some(found) = self.read_value(state, out)?
        {
            return Ok(found);
        }
        let (code, entry) = query.code();
        // A map may have a key of no bytes; whatever is asked about no entry has none.
        let entry = matches!(query, StateQuery::Entry(_)).then_some(entry);
        self.callbacks.upcall("readState", |env, host| {
            let namespace = bytes(env, (!namespace.is_empty()).then_some(namespace))?;
            let entry = bytes(env, entry)?;
            let arguments = [
                JValue::Int(state.0 as jint).as_jni(),
                JValue::from(&namespace).as_jni(),
                JValue::Int(code as jint).as_jni(),
                JValue::from(&entry).as_jni(),
            ];
            // SAFETY: the method is `byte[] readState(int, byte[], int, byte[])`.
            let answer = unsafe {
                host.call(env, Java::get()?.read_state, ReturnType::Array, &arguments)?.l()?
            };
            if answer.is_null() {
                return Ok(false);
            }
            // SAFETY: the method returns a byte array, and `answer` is a local reference to it.
            let answer = unsafe { JByteArray::from_raw(env, answer.into_raw()) };
            append(env, &answer, out)?;
            Ok(true)
        })
    }

    fn write_state(
        &mut self,
        state: StateId,
        namespace: &[u8],
        change: StateChange<'_>,
    ) -> Result<(), HostError> {
        let (code, entry, value) = change.code();
        let (has_entry, has_value) = match change {
            StateChange::Update(_) | StateChange::Append(_) => (false, true),
            StateChange::Clear => (false, false),
            StateChange::PutEntry { .. } => (true, true),
            StateChange::RemoveEntry(_) => (true, false),
        };
        self.callbacks.upcall("writeState", |env, host| {
            let namespace = bytes(env, (!namespace.is_empty()).then_some(namespace))?;
            let entry = bytes(env, has_entry.then_some(entry))?;
            let value = bytes(env, has_value.then_some(value))?;
            let arguments = [
                JValue::Int(state.0 as jint).as_jni(),
                JValue::from(&namespace).as_jni(),
                JValue::Int(code as jint).as_jni(),
                JValue::from(&entry).as_jni(),
                JValue::from(&value).as_jni(),
            ];
            // SAFETY: the method is `void writeState(int, byte[], int, byte[], byte[])`.
            unsafe { host.call(env, Java::get()?.write_state, VOID, &arguments) }?.v()
        })
    }

    fn processing_time(&mut self) -> Result<i64, HostError> {
        self.callbacks.upcall("processingTime", |env, host| {
            // SAFETY: the method is `long processingTime()`.
            unsafe { host.call(env, Java::get()?.processing_time, LONG, &[]) }?.j()
        })
    }

    fn register_metric(
        &mut self,
        declaration: &MetricDeclaration,
    ) -> Result<MetricSlot, HostError> {
        let message = proto::MetricDeclaration::from(declaration).encode_to_vec();
        let memory = self.callbacks.upcall("registerMetric", |env, host| {
            let message = env.byte_array_from_slice(&message)?;
            let arguments = [JValue::from(&message).as_jni()];
            // SAFETY: the method is `ByteBuffer registerMetric(byte[])`.
            let buffer = unsafe {
                host.call(env, Java::get()?.register_metric, ReturnType::Object, &arguments)?.l()?
            };
            // SAFETY: the method returns a byte buffer, and `buffer` is a local reference to it.
            let buffer = unsafe { JByteBuffer::from_raw(env, buffer.into_raw()) };
            Ok(DirectBuffer::new(env, &buffer, "metric"))
        })?;
        let memory = memory.and_then(|memory| MetricMemory::new(declaration.kind, memory));
        let slot = u32::try_from(self.metrics.len()).map_err(HostError::new)?;
        self.metrics.push(memory.map_err(|fault| {
            HostError::new(format_args!("StageHost.registerMetric: {}", fault.message()))
        })?);
        Ok(MetricSlot(slot))
    }

    fn update_metric(&mut self, metric: MetricSlot, value: i64) {
        // The table catches a panic and fails the call.
        self.metrics[metric.0 as usize].update(value);
    }

    fn log_level(&mut self, target: &str) -> LevelFilter {
        let level = self.callbacks.upcall("logLevel", |env, host| {
            let target = JString::new(env, target)?;
            let arguments = [JValue::from(&target).as_jni()];
            // SAFETY: the method is `int logLevel(String)`.
            unsafe { host.call(env, Java::get()?.log_level, INT, &arguments) }?.i()
        });
        // An exception is not lost here: it is kept, and ends the native call.
        let level = level.ok().and_then(|level| usize::try_from(level).ok());
        level.and_then(|level| LevelFilter::iter().nth(level)).unwrap_or(LevelFilter::Off)
    }

    fn log(&mut self, level: Level, target: &str, origin: LogOrigin<'_>, message: &str) {
        let (function, thread) = match origin {
            LogOrigin::Stage => (None, None),
            LogOrigin::Function(name) => (Some(name), None),
            LogOrigin::Thread(name) => (None, Some(name)),
        };
        // An exception is not lost here: it is kept, and ends the native call.
        let _ = self.callbacks.upcall("log", |env, host| {
            let target = JString::new(env, target)?;
            let function = text(env, function)?;
            let thread = text(env, thread)?;
            let message = JString::new(env, message)?;
            let arguments = [
                JValue::Int(level as jint).as_jni(),
                JValue::from(&target).as_jni(),
                JValue::from(&function).as_jni(),
                JValue::from(&thread).as_jni(),
                JValue::from(&message).as_jni(),
            ];
            // SAFETY: the method is `void log(int, String, String, String, String)`.
            unsafe { host.call(env, Java::get()?.log, VOID, &arguments) }?.v()
        });
    }
}

const INT: ReturnType = ReturnType::Primitive(Primitive::Int);
const LONG: ReturnType = ReturnType::Primitive(Primitive::Long);
const VOID: ReturnType = ReturnType::Primitive(Primitive::Void);

/// A new array; null for nothing.
fn bytes<'l>(env: &mut Env<'l>, bytes: Option<&[u8]>) -> Result<JByteArray<'l>, Error> {
    match bytes {
        Some(bytes) => env.byte_array_from_slice(bytes),
        None => Ok(JByteArray::null()),
    }
}

/// A new string; null for nothing.
fn text<'l>(env: &mut Env<'l>, text: Option<&str>) -> Result<JString<'l>, Error> {
    match text {
        Some(text) => JString::new(env, text),
        None => Ok(JString::null()),
    }
}

fn number(method: &str, found: jint) -> Result<u32, HostError> {
    u32::try_from(found).map_err(|_| {
        HostError::new(format_args!(
            "StageHost.{method} returned {found}, expected a number from 0 upwards"
        ))
    })
}

fn append(env: &Env<'_>, array: &JByteArray<'_>, out: &mut Vec<u8>) -> Result<(), Error> {
    let (start, length) = (out.len(), array.len(env)?);
    out.resize(start + length, 0);
    let target = &mut out[start..];
    // SAFETY: `i8` and `u8` have the same layout, and every bit pattern is a value of both.
    let target = unsafe { slice::from_raw_parts_mut(target.as_mut_ptr().cast::<i8>(), length) };
    array.get_region(env, 0, target)
}
