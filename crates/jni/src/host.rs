//! [`JavaHost`]: a plugin's [`Host`] whose other end is a `StageHost` in Java.

use std::rc::Rc;
use std::slice;

use brookite_abi::host::{Host, HostError, MetricSlot, StateId};
use brookite_abi::metrics::MetricDeclaration;
use brookite_abi::proto;
use brookite_abi::state::{StateChange, StateDeclaration, StateQuery};
use jni::Env;
use jni::errors::Error;
use jni::objects::{JByteArray, JString, JValue};
use jni::signature::{Primitive, ReturnType};
use jni::sys::jint;
use prost::Message as _;

use crate::buffer::DirectBuffer;
use crate::callbacks::Callbacks;
use crate::java::Java;

/// The host of one stage: upcalls, and the counters that Java reads without any.
pub(crate) struct JavaHost {
    callbacks: Rc<Callbacks>,
    counters: DirectBuffer,
}

impl JavaHost {
    /// A host over `callbacks` that publishes counters in a buffer checked for it.
    pub(crate) fn new(callbacks: Rc<Callbacks>, counters: DirectBuffer) -> Self {
        Self { callbacks, counters }
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
        let slot = self.callbacks.upcall("registerMetric", |env, host| {
            let message = env.byte_array_from_slice(&message)?;
            let arguments = [JValue::from(&message).as_jni()];
            // SAFETY: the method is `int registerMetric(byte[])`.
            unsafe { host.call(env, Java::get()?.register_metric, INT, &arguments) }?.i()
        })?;
        let slot = number("registerMetric", slot)?;
        if self.counters.counter(slot).is_none() {
            return Err(HostError::new(format_args!(
                "StageHost.registerMetric gave '{}' the slot {slot}, \
                 expected one within the {} bytes of the buffer 'counters'",
                declaration.name,
                self.counters.capacity()
            )));
        }
        Ok(MetricSlot(slot))
    }

    fn update_metric(&mut self, metric: MetricSlot, value: i64) {
        let known = self.counters.set_counter(metric.0, value);
        // The table catches this and fails the call.
        assert!(known, "the plugin updates metric {}, which was never registered", metric.0);
    }

    fn log(&mut self, level: log::Level, target: &str, message: &str) {
        // An exception is not lost here: it is kept, and ends the native call.
        let _ = self.callbacks.upcall("log", |env, host| {
            let target = JString::new(env, target)?;
            let message = JString::new(env, message)?;
            let arguments = [
                JValue::Int(level as jint).as_jni(),
                JValue::from(&target).as_jni(),
                JValue::from(&message).as_jni(),
            ];
            // SAFETY: the method is `void log(int, String, String)`.
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
