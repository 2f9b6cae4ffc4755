//! [`Fault`]: why a native call ends with an exception, and which one.

use brookite_abi::proto::{Failure, FailureKind};
use brookite_abi::{Failed, LoadError};
use jni::Env;
use jni::errors::Error;
use jni::objects::{JObject, JThrowable, JValue};
use jni::refs::Global;
use prost::Message as _;

use crate::java::Java;

/// Why a native call ends with an exception.
#[derive(Debug)]
pub(crate) enum Fault {
    /// Thrown as a `NativeFailure`.
    Failed(Failed),
    /// An exception that Java threw under a callback: the same object goes back.
    Rethrow(Global<JThrowable<'static>>),
    /// Java's exception is on its way already.
    Pending,
}

impl Fault {
    /// A failure of the bridge itself, or a call that it forbids.
    #[cold]
    pub(crate) fn bridge(message: impl Into<String>) -> Self {
        Self::Failed(Box::new(Failure {
            kind: FailureKind::Bridge as i32,
            message: message.into(),
            ..Failure::default()
        }))
    }

    /// What is wrong, for a message around it.
    pub(crate) fn message(&self) -> &str {
        match self {
            Self::Failed(failure) => &failure.message,
            Self::Rethrow(_) | Self::Pending => "a Java exception",
        }
    }

    /// Makes Java's exception pending.
    pub(crate) fn throw(self, env: &mut Env<'_>) -> Result<(), Self> {
        let thrown = match &self {
            Self::Failed(failure) => throw_failure(env, failure),
            Self::Rethrow(throwable) => env.throw(throwable),
            Self::Pending => return Ok(()),
        };
        match thrown {
            // This is how `throw` says that it succeeded.
            Ok(()) | Err(Error::JavaException) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }
}

/// Refuses a null argument; `name` is the parameter's.
pub(crate) fn not_null<'l>(argument: &impl AsRef<JObject<'l>>, name: &str) -> Result<(), Fault> {
    if argument.as_ref().is_null() {
        return Err(Fault::bridge(format!("the argument '{name}' is null")));
    }
    Ok(())
}

fn throw_failure(env: &mut Env<'_>, failure: &Failure) -> Result<(), Error> {
    let java = Java::get()?;
    let report = env.byte_array_from_slice(&failure.encode_to_vec())?;
    let class = java.native_failure(env)?;
    // SAFETY: the id is that of this class's constructor with one parameter, a byte array.
    let exception = unsafe {
        env.new_object_unchecked(&class, java.new_native_failure, &[JValue::from(&report).as_jni()])
    }?;
    let exception = env.cast_local::<JThrowable<'_>>(exception)?;
    env.throw(&exception)
}

impl From<Failed> for Fault {
    fn from(failure: Failed) -> Self {
        Self::Failed(failure)
    }
}

impl From<LoadError> for Fault {
    fn from(error: LoadError) -> Self {
        Self::Failed(error.into())
    }
}

impl From<Error> for Fault {
    fn from(error: Error) -> Self {
        match error {
            Error::JavaException => Self::Pending,
            Error::CaughtJavaException { exception, .. } if !exception.is_null() => {
                Self::Rethrow(exception)
            }
            other => Self::bridge(format!("a JNI call failed: {other}")),
        }
    }
}
