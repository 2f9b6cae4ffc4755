//! What a person sees: colours where there is a terminal, plain text elsewhere.

use std::fmt::Display;

use anstream::{eprintln, println};
use anstyle::{AnsiColor, Style};

pub(crate) const BOLD: Style = Style::new().bold();
pub(crate) const DIM: Style = Style::new().dimmed();
pub(crate) const GOOD: Style = AnsiColor::Green.on_default().bold();
pub(crate) const WARNING: Style = AnsiColor::Yellow.on_default().bold();
pub(crate) const BAD: Style = AnsiColor::Red.on_default().bold();

/// A text in a style.
pub(crate) fn styled(style: Style, text: impl Display) -> String {
    format!("{style}{text}{style:#}")
}

/// Says what went wrong, with what led to it.
pub(crate) fn error(error: &anyhow::Error) {
    eprintln!("{BAD}error:{BAD:#} {error:#}");
}

/// Says what may be of interest, where it does not mix with the results.
pub(crate) fn note(text: impl Display) {
    eprintln!("{text}");
}

/// A table: columns as wide as their widest cell. Cells are plain; `style` colours a row's cell.
pub(crate) struct Table {
    header: Vec<String>,
    rows: Vec<Vec<(String, Style)>>,
}

impl Table {
    pub(crate) fn new(header: &[&str]) -> Self {
        Self { header: header.iter().map(|title| (*title).to_owned()).collect(), rows: Vec::new() }
    }

    pub(crate) fn row(&mut self, cells: Vec<(String, Style)>) {
        self.rows.push(cells);
    }

    pub(crate) fn print(&self) {
        for line in self.lines() {
            println!("{line}");
        }
    }

    /// The lines, the header first.
    pub(crate) fn lines(&self) -> Vec<String> {
        let header = self.header.iter().map(|title| (title.clone(), DIM)).collect();
        let rows: Vec<_> = std::iter::once(&header).chain(&self.rows).collect();
        let width = |column: usize| {
            let cells = rows.iter().filter_map(|row| row.get(column));
            cells.map(|(text, _)| text.chars().count()).max().unwrap_or_default()
        };
        let widths: Vec<usize> = (0..self.header.len()).map(width).collect();
        let line = |row: &&Vec<(String, Style)>| {
            let mut line = String::new();
            for (index, (text, style)) in row.iter().enumerate() {
                let padding = if index + 1 == row.len() {
                    0
                } else {
                    widths.get(index).map_or(0, |width| width - text.chars().count()) + 2
                };
                line.push_str(&styled(*style, text));
                line.push_str(&" ".repeat(padding));
            }
            line
        };
        rows.iter().map(line).collect()
    }
}

/// A cell without a style.
pub(crate) fn plain(text: impl Display) -> (String, Style) {
    (text.to_string(), Style::new())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_as_wide_as_their_widest_cell() {
        let mut table = Table::new(&["ID", "NAME"]);
        table.row(vec![plain("1"), plain("größte")]);
        table.row(vec![plain("100"), plain("b")]);
        let lines = table.lines();
        assert!(lines[1].starts_with("1    größte"), "{lines:?}");
        assert!(lines[2].starts_with("100  b"), "{lines:?}");
    }
}
