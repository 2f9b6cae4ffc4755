//! [`Callbacks`]: how a stage calls back into Java, and what happens when Java throws.

use std::cell::{Cell, RefCell};

use brookite_abi::host::HostError;
use jni::errors::Error;
use jni::ids::JMethodID;
use jni::objects::{JObject, JThrowable, JValueOwned};
use jni::refs::{Global, IntoAuto as _};
use jni::signature::ReturnType;
use jni::sys::{JNIEnv, jvalue};
use jni::{Env, EnvUnowned};

use crate::buffer::Answers;
use crate::fault::Fault;
use crate::guard::{Caller, with_env};

/// The Java object that a stage's upcalls go to.
///
/// Shared by the stage, which looks at the end of a call for an exception, and by the [`JavaHost`](crate::host::JavaHost) behind the plugin.
#[derive(Debug)]
pub(crate) struct Callbacks {
    host: Global<JObject<'static>>,
    /// Environment of the stage's thread.
    env: *mut JNIEnv,
    /// The buffer `out`, in which Java leaves short answers: during a call nothing else is there.
    answers: Cell<Answers>,
    /// Whether `thrown` holds something, as a test that costs nothing.
    threw: Cell<bool>,
    /// The first exception that Java threw during the call in progress.
    thrown: RefCell<Option<Global<JThrowable<'static>>>>,
}

/// Local references that one upcall may need: three arguments, a result, an exception, and spare.
const LOCAL_REFERENCES: usize = 8;

impl Callbacks {
    /// Upcalls to `host`, a `StageHost`, on the thread of `caller`.
    pub(crate) fn new(host: Global<JObject<'static>>, caller: Caller, answers: Answers) -> Self {
        let (threw, thrown) = (Cell::new(false), RefCell::new(None));
        Self { host, env: caller.env(), answers: Cell::new(answers), threw, thrown }
    }

    /// Where Java leaves short answers.
    #[inline]
    pub(crate) fn answers(&self) -> Answers {
        self.answers.get()
    }

    /// Says that they are in another buffer from now on.
    pub(crate) fn replace_answers(&self, answers: Answers) {
        self.answers.set(answers);
    }

    /// At the end of a call: what Java threw during it goes before whatever Rust made of that.
    #[inline]
    pub(crate) fn check(&self) -> Result<(), Fault> {
        if self.threw.get() { self.rethrow() } else { Ok(()) }
    }

    #[cold]
    fn rethrow(&self) -> Result<(), Fault> {
        self.threw.set(false);
        match self.thrown.take() {
            Some(throwable) => Err(Fault::Rethrow(throwable)),
            None => Err(Fault::bridge("Java threw under a callback, and the exception is lost")),
        }
    }

    /// Runs `body`, which calls a method of the host. What Java throws is kept for the end of the
    /// native call and is no longer pending.
    ///
    /// `name` is the method's, for errors.
    pub(crate) fn upcall<T>(
        &self,
        name: &str,
        body: impl FnOnce(&mut Env<'_>, &Target<'_>) -> Result<T, Error>,
    ) -> Result<T, HostError> {
        // The frame frees the local references: one native call may make any number of upcalls.
        self.upcall_with_numbers(name, |env, target| {
            env.with_local_frame(LOCAL_REFERENCES, |env| body(env, target))
        })
    }

    /// The same for a method that takes and returns no objects: there are no local references to free,
    /// and this is much shorter.
    pub(crate) fn upcall_with_numbers<T>(
        &self,
        name: &str,
        body: impl FnOnce(&mut Env<'_>, &Target<'_>) -> Result<T, Error>,
    ) -> Result<T, HostError> {
        // SAFETY: a plugin calls back only during a call of its instance, on the calling thread, and
        // then this is the environment that the JVM passed to the native method around it.
        let mut env = unsafe { EnvUnowned::from_raw(self.env) };
        let called = with_env(&mut env, |env| {
            let result = body(env, &Target(&self.host));
            // Whatever throws is an error, too.
            if result.is_err() && env.exception_check() {
                self.keep_exception(env)?;
            }
            Ok(result?)
        });
        called.map_err(|fault| match fault {
            Fault::Pending | Fault::Rethrow(_) => HostError::new(format_args!(
                "StageHost.{name} threw a Java exception, which goes back to Java as it is"
            )),
            Fault::Failed(failure) => {
                HostError::new(format_args!("StageHost.{name}: {}", failure.message))
            }
        })
    }

    fn keep_exception(&self, env: &mut Env<'_>) -> Result<(), Error> {
        let Some(throwable) = env.exception_occurred() else { return Ok(()) };
        env.exception_clear();
        let throwable = throwable.auto();
        // What follows the first exception is most likely its consequence.
        if !self.threw.get() {
            *self.thrown.borrow_mut() = Some(env.new_global_ref(&*throwable)?);
            self.threw.set(true);
        }
        Ok(())
    }
}

/// The `StageHost` at the other end of an upcall.
pub(crate) struct Target<'c>(&'c Global<JObject<'static>>);

impl Target<'_> {
    /// Calls a method.
    ///
    /// # Safety
    ///
    /// `method` must be one of the interface `StageHost` that takes `arguments` and returns
    /// `result`.
    pub(crate) unsafe fn call<'l>(
        &self,
        env: &mut Env<'l>,
        method: JMethodID,
        result: ReturnType,
        arguments: &[jvalue],
    ) -> Result<JValueOwned<'l>, Error> {
        // SAFETY: the host is a `StageHost`, as the native method's signature says; the rest is the
        // caller's promise.
        unsafe { env.call_method_unchecked(self.0.as_obj(), method, result, arguments) }
    }
}
