//! Two fields out of a JSON document.

use std::borrow::Cow;

use brookite::prelude::*;
use serde::Deserialize;

/// What of an order the function wants; the rest is skipped.
#[derive(Deserialize)]
struct Order<'a> {
    #[serde(borrow)]
    customer: Cow<'a, str>,
    total: i64,
}

#[map]
fn json(document: &[u8]) -> Result<(Cow<'_, str>, i64)> {
    // UTF-8 is checked once for the whole document instead of string by string.
    let order: Order<'_> = serde_json::from_str(simdutf8::basic::from_utf8(document)?)?;
    Ok((order.customer, order.total))
}
