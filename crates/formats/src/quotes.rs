//! [`Quotes`]: which part of a text stands between quotes.

use brookite_core::proto::TextRecords;

/// Reads text byte by byte, and knows whether it is between quotes. A field may begin with a quote, and
/// then goes on to the next one; two of them stand for one.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Quotes {
    delimiter: Option<u8>,
    quote: Option<u8>,
    escape: Option<u8>,
    place: Place,
    /// The number of the field, from 0.
    field: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// Where a field begins.
    Start,
    /// In a field without quotes.
    Plain,
    Quoted,
    /// In quotes, behind the character that makes the next one mean nothing.
    Escaped,
    /// Behind a quote that ends the field, unless another one follows.
    Closed,
    /// Behind a field in quotes, where there may be blanks alone.
    Behind,
}

impl Quotes {
    pub(crate) fn new(records: &TextRecords) -> Self {
        let byte = |byte: Option<u32>| byte.and_then(|byte| u8::try_from(byte).ok());
        Self {
            delimiter: byte(records.delimiter),
            quote: byte(records.quote),
            escape: byte(records.escape),
            place: Place::Start,
            field: 0,
        }
    }

    /// Where the text is after one more byte.
    pub(crate) fn next(&mut self, byte: u8) -> Place {
        let byte = Some(byte);
        self.place = match self.place {
            Place::Escaped => Place::Quoted,
            Place::Quoted if self.escape == byte => Place::Escaped,
            Place::Quoted if self.quote == byte => Place::Closed,
            Place::Quoted => Place::Quoted,
            Place::Closed if self.quote == byte => Place::Quoted,
            _ if self.delimiter == byte => {
                self.field += 1;
                Place::Start
            }
            Place::Start if self.quote == byte => Place::Quoted,
            Place::Start | Place::Plain => Place::Plain,
            Place::Closed | Place::Behind => Place::Behind,
        };
        self.place
    }

    /// Whether a quote is open, so that the end of a line is none of the record.
    pub(crate) fn is_open(&self) -> bool {
        matches!(self.place, Place::Quoted | Place::Escaped)
    }

    /// The number of the field at hand.
    pub(crate) fn field(&self) -> usize {
        self.field
    }
}
