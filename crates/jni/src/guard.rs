//! The one guard around every export: nothing unwinds into the JVM, and every failure becomes a Java
//! exception.

use brookite_abi::guard;
use brookite_abi::proto::{Failure, FailureKind};
use jni::sys::JNIEnv;
use jni::{Env, EnvUnowned, Outcome, jni_str};

use crate::fault::Fault;
use crate::slots::Owner;

/// The thread that makes a native call, known by its `JNIEnv`.
///
/// The JVM gives each attached thread an environment of its own, so comparing pointers tells threads
/// apart without a call.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Caller(*mut JNIEnv);

impl Caller {
    /// The caller of the native method that was passed `env`.
    #[inline]
    pub(crate) fn of(env: &EnvUnowned<'_>) -> Self {
        Self(env.as_raw())
    }

    /// The thread, as the owner of what it opens.
    #[inline]
    pub(crate) fn owner(self) -> Owner {
        // SAFETY: the JVM gives each attached thread an environment of its own.
        unsafe { Owner::new(self.0.addr()) }
    }

    /// The environment, for upcalls.
    pub(crate) fn env(self) -> *mut JNIEnv {
        self.0
    }
}

/// Runs the body of an export. When it fails, throws, and returns a value that Java never sees.
#[inline]
pub(crate) fn run<'l, T: Default>(
    mut env: EnvUnowned<'l>,
    body: impl FnOnce(&mut EnvUnowned<'l>) -> Result<T, Fault>,
) -> T {
    let fault = match guard::shield(|| body(&mut env)) {
        Ok(Ok(value)) => return value,
        Ok(Err(fault)) => fault,
        Err(caught) => Fault::from(Box::new(Failure {
            kind: FailureKind::Bridge as i32,
            message: format!("the bridge panicked: {}", caught.message),
            location: caught.location,
            backtrace: caught.backtrace,
            ..Failure::default()
        })),
    };
    throw(&mut env, fault);
    T::default()
}

/// Runs `body` with the full JNI interface. Panics pass through to the guard.
pub(crate) fn with_env<'l, T>(
    env: &mut EnvUnowned<'l>,
    body: impl FnOnce(&mut Env<'l>) -> Result<T, Fault>,
) -> Result<T, Fault> {
    match env.with_env_no_catch(body).into_outcome() {
        Outcome::Ok(value) => Ok(value),
        Outcome::Err(fault) => Err(fault),
        Outcome::Panic(payload) => std::panic::resume_unwind(payload),
    }
}

#[cold]
fn throw(env: &mut EnvUnowned<'_>, fault: Fault) {
    let thrown = guard::catch(|| with_env(env, |env| fault.throw(env)));
    if matches!(thrown, Ok(Ok(()))) {
        return;
    }
    // Out of memory, most likely. Then Java has an exception already; if not, this one needs least.
    let _ = guard::catch(|| {
        with_env(env, |env| {
            if !env.exception_check() {
                env.throw_new(
                    jni_str!("java/lang/IllegalStateException"),
                    jni_str!("a native call failed, and so did the attempt to report why"),
                )?;
            }
            Ok(())
        })
    });
}
