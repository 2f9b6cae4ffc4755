//! Lists as text.

/// Puts texts between brackets, with something between them.
pub(crate) struct Joined<'t> {
    open: &'t str,
    between: &'t str,
    close: &'t str,
}

impl<'t> Joined<'t> {
    pub(crate) fn new(open: &'t str, between: &'t str, close: &'t str) -> Self {
        Self { open, between, close }
    }

    pub(crate) fn all<T: ToString>(&self, texts: impl IntoIterator<Item = T>) -> String {
        let texts: Vec<_> = texts.into_iter().map(|text| text.to_string()).collect();
        format!("{}{}{}", self.open, texts.join(self.between), self.close)
    }
}
