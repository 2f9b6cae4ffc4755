//! What the bridge knows of its Java classes, looked up once when the library is loaded.

use std::ffi::c_void;
use std::sync::OnceLock;

use jni::errors::Error;
use jni::ids::JMethodID;
use jni::objects::JClass;
use jni::refs::Weak;
use jni::strings::JNIString;
use jni::sys::{self, JNI_ERR, JNI_VERSION_1_8, jint};
use jni::vm::JavaVM;
use jni::{Env, jni_sig, jni_str};

/// Classes and methods of `org.brookite.bridge`.
pub(crate) struct Java {
    // Weak, or this library would keep the class loader alive that keeps this library alive.
    native_failure: Weak<JClass<'static>>,
    pub(crate) new_native_failure: JMethodID,
    pub(crate) register_state: JMethodID,
    pub(crate) read_state: JMethodID,
    pub(crate) read_value: JMethodID,
    pub(crate) write_state: JMethodID,
    pub(crate) processing_time: JMethodID,
    pub(crate) register_metric: JMethodID,
    pub(crate) log_level: JMethodID,
    pub(crate) log: JMethodID,
}

static JAVA: OnceLock<Java> = OnceLock::new();

impl Java {
    /// What `JNI_OnLoad` found.
    pub(crate) fn get() -> Result<&'static Self, Error> {
        JAVA.get().ok_or(Error::UninitializedJavaVM)
    }

    /// The class `NativeFailure`. It is of the same loader as the class whose native method is
    /// running, so it is there.
    pub(crate) fn native_failure<'l>(&self, env: &mut Env<'l>) -> Result<JClass<'l>, Error> {
        self.native_failure.upgrade_local(env)?.ok_or(Error::ObjectFreed)
    }

    fn look_up(env: &mut Env<'_>) -> Result<Self, Error> {
        let failure = env.find_class(jni_str!("org/brookite/bridge/NativeFailure"))?;
        let host = env.find_class(jni_str!("org/brookite/bridge/StageHost"))?;
        Ok(Self {
            new_native_failure: env.get_method_id(
                &failure,
                jni_str!("<init>"),
                jni_sig!("([B)V"),
            )?,
            register_state: env.get_method_id(
                &host,
                jni_str!("registerState"),
                jni_sig!("([B)I"),
            )?,
            read_state: env.get_method_id(&host, jni_str!("readState"), jni_sig!("(I[BI[B)[B"))?,
            read_value: env.get_method_id(&host, jni_str!("readValue"), jni_sig!("(I)I"))?,
            write_state: env.get_method_id(
                &host,
                jni_str!("writeState"),
                jni_sig!("(I[BI[B[B)V"),
            )?,
            processing_time: env.get_method_id(
                &host,
                jni_str!("processingTime"),
                jni_sig!("()J"),
            )?,
            register_metric: env.get_method_id(
                &host,
                jni_str!("registerMetric"),
                jni_sig!("([B)Ljava/nio/ByteBuffer;"),
            )?,
            log_level: env.get_method_id(
                &host,
                jni_str!("logLevel"),
                jni_sig!("(Ljava/lang/String;)I"),
            )?,
            log: env.get_method_id(
                &host,
                jni_str!("log"),
                jni_sig!(
                    "(ILjava/lang/String;Ljava/lang/String;Ljava/lang/String;Ljava/lang/String;)V"
                ),
            )?,
            native_failure: env.new_weak_ref(&failure)?,
        })
    }
}

/// Called by the JVM when it has loaded this library, before any other export.
#[unsafe(no_mangle)]
extern "system" fn JNI_OnLoad(vm: *mut sys::JavaVM, _reserved: *mut c_void) -> jint {
    // Room for two classes and whatever an exception needs.
    const LOCAL_REFERENCES: usize = 16;
    let loaded = brookite_abi::guard::catch(|| {
        // SAFETY: the JVM passes itself.
        let vm = unsafe { JavaVM::from_raw(vm) };
        vm.with_local_frame(LOCAL_REFERENCES, |env| match Java::look_up(env) {
            Ok(java) => {
                let _ = JAVA.set(java);
                Ok(())
            }
            Err(error) => {
                // Without it, Java would only hear of an unsupported JNI version.
                throw_link_error(env, &error)?;
                Err(error)
            }
        })
    });
    if matches!(loaded, Ok(Ok(()))) { JNI_VERSION_1_8 } else { JNI_ERR }
}

fn throw_link_error(env: &mut Env<'_>, error: &Error) -> Result<(), Error> {
    let message = format!("the bridge library and its Java classes do not match: {error}");
    env.throw_new(jni_str!("java/lang/UnsatisfiedLinkError"), JNIString::from(message))
}
