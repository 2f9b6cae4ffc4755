//! `harness!`: what all harnesses have, whatever goes in.

/// Makes a type a harness that is a [`RunningFunction`](crate::harness::RunningFunction). It has the fields
/// `running` and `types`, its last type is that of the results, and its `streams` say what types are on
/// the streams.
macro_rules! harness {
    ($harness:ident<$($type:ident: $bound:ident),+>) => {
        impl<$($type: $bound,)+ Out: brookite_core::Data> $harness<$($type,)+ Out> {
            /// Opens a function that an attribute registered under that name in this binary.
            ///
            /// # Errors
            /// When there is no such function, when its types are others, and when its `open` fails.
            pub fn named(name: &str) -> Result<Self, $crate::failure::Failed> {
                let running = $crate::harness::RunningFunction::named(name, Self::streams())?;
                Ok(Self { running, types: std::marker::PhantomData })
            }

            /// Opens a stage of a pipeline, all of its functions, on streams of these types. It is found by its
            /// name, such as `split -> filter`, by its uid, or by the uid of a node in it.
            ///
            /// # Errors
            /// When there is no such stage, when its types are others, and when its `open` fails.
            pub fn of_pipeline(
                pipeline: &brookite_core::pipeline::Built<$crate::registry::FunctionEntry>,
                stage: &str,
            ) -> Result<Self, $crate::failure::Failed> {
                let streams = Self::streams();
                let running = $crate::harness::RunningFunction::of_pipeline(pipeline, stage, streams)?;
                Ok(Self { running, types: std::marker::PhantomData })
            }

            fn only(
                function: $crate::registry::FunctionEntry,
            ) -> Result<Self, $crate::failure::Failed> {
                let running = $crate::harness::RunningFunction::only(function, Self::streams())?;
                Ok(Self { running, types: std::marker::PhantomData })
            }
        }

        impl<$($type: $bound,)+ Out: brookite_core::Data> std::ops::Deref
            for $harness<$($type,)+ Out>
        {
            type Target = $crate::harness::RunningFunction<Out>;

            fn deref(&self) -> &Self::Target {
                &self.running
            }
        }

        impl<$($type: $bound,)+ Out: brookite_core::Data> std::ops::DerefMut
            for $harness<$($type,)+ Out>
        {
            fn deref_mut(&mut self) -> &mut Self::Target {
                &mut self.running
            }
        }
    };
}
pub(super) use harness;
