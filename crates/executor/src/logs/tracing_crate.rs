//! Events of the `tracing` crate, with the fields of the spans around them.
//!
//! An event's text is what `tracing`'s own formatter would write: `span{field=1}:inner: message field=2`.

use std::fmt::{self, Write as _};

use log::Level;
use tracing::field::{Field, Visit};
use tracing::level_filters::LevelFilter;
use tracing::span::{Attributes, Id, Record};
use tracing::subscriber::Interest;
use tracing::{Event, Metadata, Subscriber};
use tracing_subscriber::Layer;
use tracing_subscriber::layer::{Context, SubscriberExt as _};
use tracing_subscriber::registry::{LookupSpan, Scope};

struct Lines;

/// A span's fields, written.
struct Fields(String);

impl<S: Subscriber + for<'l> LookupSpan<'l>> Layer<S> for Lines {
    fn register_callsite(&self, metadata: &'static Metadata<'static>) -> Interest {
        match super::levels::of(metadata.target()) {
            None => Interest::sometimes(),
            Some(most) if level(metadata) <= most => Interest::always(),
            Some(_) => Interest::never(),
        }
    }

    fn enabled(&self, metadata: &Metadata<'_>, _: Context<'_, S>) -> bool {
        super::wanted(metadata.target(), level(metadata))
    }

    fn max_level_hint(&self) -> Option<LevelFilter> {
        // Each target has a level of its own, and may get another one.
        Some(LevelFilter::TRACE)
    }

    fn on_new_span(&self, attributes: &Attributes<'_>, id: &Id, context: Context<'_, S>) {
        let mut fields = Writer::default();
        attributes.record(&mut fields);
        if let Some(span) = context.span(id) {
            span.extensions_mut().insert(Fields(fields.fields));
        }
    }

    fn on_record(&self, id: &Id, values: &Record<'_>, context: Context<'_, S>) {
        let mut more = Writer::default();
        values.record(&mut more);
        let Some(span) = context.span(id) else { return };
        if let Some(Fields(fields)) = span.extensions_mut().get_mut() {
            fields.push_str(&more.fields);
        }
    }

    fn on_event(&self, event: &Event<'_>, context: Context<'_, S>) {
        let mut text = String::new();
        for span in context.event_scope(event).into_iter().flat_map(Scope::from_root) {
            text.push_str(span.name());
            if let Some(Fields(fields)) = span.extensions().get()
                && !fields.is_empty()
            {
                let _ = write!(text, "{{{}}}", fields.trim_start());
            }
            text.push(':');
        }
        if !text.is_empty() {
            text.push(' ');
        }
        let mut parts = Writer::default();
        event.record(&mut parts);
        let fields = if parts.message.is_empty() {
            parts.fields.trim_start()
        } else {
            parts.fields.as_str()
        };
        text.push_str(&parts.message);
        text.push_str(fields);
        super::put_aside(level(event.metadata()), event.metadata().target(), text);
    }
}

/// An event's message, and all other fields, each as ` name=value`.
#[derive(Default)]
struct Writer {
    message: String,
    fields: String,
}

impl Visit for Writer {
    fn record_error(&mut self, field: &Field, error: &(dyn std::error::Error + 'static)) {
        self.record_debug(field, &format_args!("{error}"));
    }

    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        // Writing to a `String` fails only if the value's own `Debug` does; what it wrote stays.
        let _ = match field.name() {
            "message" => write!(self.message, "{value:?}"),
            name => write!(self.fields, " {name}={value:?}"),
        };
    }
}

fn level(metadata: &Metadata<'_>) -> Level {
    match *metadata.level() {
        tracing::Level::ERROR => Level::Error,
        tracing::Level::WARN => Level::Warn,
        tracing::Level::INFO => Level::Info,
        tracing::Level::DEBUG => Level::Debug,
        tracing::Level::TRACE => Level::Trace,
    }
}

pub(super) fn install() {
    // Refused when the program has a subscriber of its own.
    let _ = tracing::subscriber::set_global_default(tracing_subscriber::registry().with(Lines));
}

/// Has every place that logs ask again whether it is wanted.
pub(super) fn rebuild() {
    tracing::callsite::rebuild_interest_cache();
}
