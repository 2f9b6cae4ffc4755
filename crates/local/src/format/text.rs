//! The formats `csv` and `json`, as the options of a connector say.

use brookite_formats::{Csv, Json, TimestampFormat};

use crate::connector::Options;
use crate::error::JobError;

/// CSV.
pub(crate) fn csv(options: &Options<'_>) -> Result<Csv, JobError> {
    let byte = |key: &str| -> Result<Option<u8>, JobError> {
        let Some(text) = options.text(key) else { return Ok(None) };
        match unescaped(text).as_bytes() {
            [byte] => Ok(Some(*byte)),
            _ => Err(options.wrong(key, format!("must be one ASCII character, found '{text}'"))),
        }
    };
    let mut csv = Csv::new();
    if let Some(delimiter) = byte("csv.field-delimiter")? {
        csv = csv.delimiter(delimiter);
    }
    let quote = byte("csv.quote-character")?;
    let disable = options.flag("csv.disable-quote-character")?;
    if disable && quote.is_some() {
        let reason = "cannot be given together with csv.disable-quote-character";
        return Err(options.wrong("csv.quote-character", reason));
    }
    if disable || quote.is_some() {
        csv = csv.quote(quote);
    }
    if let Some(escape) = byte("csv.escape-character")? {
        csv = csv.escape(escape);
    }
    if options.flag("csv.allow-comments")? {
        csv = csv.allow_comments();
    }
    if options.flag("csv.ignore-parse-errors")? {
        csv = csv.ignore_errors();
    }
    if let Some(elements) = options.text("csv.array-element-delimiter") {
        csv = csv.array_element_delimiter(elements);
    }
    if let Some(null) = options.text("csv.null-literal") {
        csv = csv.null_literal(null);
    }
    let scientific =
        options.value("csv.write-bigdecimal-in-scientific-notation", "true or false")?;
    if scientific == Some(false) {
        csv = csv.plain_decimals();
    }
    Ok(csv)
}

/// Backslash sequences in an option.
fn unescaped(text: &str) -> String {
    text.replace("\\t", "\t").replace("\\n", "\n").replace("\\\\", "\\")
}

/// JSON.
pub(crate) fn json(options: &Options<'_>) -> Result<Json, JobError> {
    let standards = [("SQL", TimestampFormat::Sql), ("ISO-8601", TimestampFormat::Iso)];
    let mut json =
        Json::new().timestamp_format(options.choice("json.timestamp-format.standard", &standards)?);
    let fail_on_missing = options.flag("json.fail-on-missing-field")?;
    let ignore_errors = options.flag("json.ignore-parse-errors")?;
    if fail_on_missing && ignore_errors {
        let reason = "cannot be true together with json.ignore-parse-errors";
        return Err(options.wrong("json.fail-on-missing-field", reason));
    }
    if fail_on_missing {
        json = json.fail_on_missing_field();
    }
    if ignore_errors {
        json = json.ignore_errors();
    }
    if options.flag("json.encode.decimal-as-plain-number")? {
        json = json.plain_decimals();
    }
    if options.flag("json.encode.ignore-null-fields")? {
        json = json.ignore_null_fields();
    }
    Ok(json)
}
