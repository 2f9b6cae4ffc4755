//! [`JavaHost`]: a plugin's [`Host`] whose other end is a `StageHost` in Java.

use std::rc::Rc;
use std::slice;

use brookite_abi::host::{Host, HostError, MetricDeclaration, MetricSlot, StateId};
use brookite_abi::{DataType, proto};
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
    fn register_state(&mut self, name: &str, data_type: &DataType) -> Result<StateId, HostError> {
        let id = self.callbacks.upcall("registerState", |env, host| {
            let name = JString::new(env, name)?;
            let data_type = proto::DataType::from(data_type).encode_to_vec();
            let data_type = env.byte_array_from_slice(&data_type)?;
            let arguments = [JValue::from(&name).as_jni(), JValue::from(&data_type).as_jni()];
            // SAFETY: the method is `int registerState(String, byte[])`.
            unsafe { host.call(env, Java::get()?.register_state, INT, &arguments) }?.i()
        })?;
        number("registerState", id).map(StateId)
    }

    fn read_state(&mut self, state: StateId, out: &mut Vec<u8>) -> Result<bool, HostError> {
        self.callbacks.upcall("readState", |env, host| {
            let arguments = [JValue::Int(state.0 as jint).as_jni()];
            // SAFETY: the method is `byte[] readState(int)`.
            let value = unsafe {
                host.call(env, Java::get()?.read_state, ReturnType::Array, &arguments)?.l()?
            };
            if value.is_null() {
                return Ok(false);
            }
            // SAFETY: the method returns a byte array, and `value` is a local reference to it.
            let value = unsafe { JByteArray::from_raw(env, value.into_raw()) };
            append(env, &value, out)?;
            Ok(true)
        })
    }

    fn register_metric(&mut self, metric: &MetricDeclaration) -> Result<MetricSlot, HostError> {
        let name = metric.name.as_str();
        let slot = self.callbacks.upcall("registerCounter", |env, host| {
            let name = JString::new(env, name)?;
            let arguments = [JValue::from(&name).as_jni()];
            // SAFETY: the method is `int registerCounter(String)`.
            unsafe { host.call(env, Java::get()?.register_counter, INT, &arguments) }?.i()
        })?;
        let slot = number("registerCounter", slot)?;
        if self.counters.counter(slot).is_none() {
            return Err(HostError::new(format_args!(
                "StageHost.registerCounter gave '{name}' the slot {slot}, \
                 expected one within the {} bytes of the buffer 'counters'",
                self.counters.capacity()
            )));
        }
        Ok(MetricSlot(slot))
    }

    fn update_metric(&mut self, counter: MetricSlot, value: i64) {
        let known = self.counters.set_counter(counter.0, value);
        // The table catches this and fails the call.
        assert!(known, "the plugin sets counter {}, which was never registered", counter.0);
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
            unsafe {
                host.call(env, Java::get()?.log, ReturnType::Primitive(Primitive::Void), &arguments)
            }?
            .v()
        });
    }
}

const INT: ReturnType = ReturnType::Primitive(Primitive::Int);

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
