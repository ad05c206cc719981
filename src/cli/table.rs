//! Text in columns.

use std::fmt;

/// Rows under headings; columns as wide as their widest cell.
#[derive(Clone, Debug, Default)]
pub struct Table {
    headings: Vec<(String, Align)>,
    rows: Vec<Vec<String>>,
}

/// Words stand left, numbers right, so that their digits stand under each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Align {
    Left,
    Right,
}

impl Table {
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// A column of words.
    #[must_use]
    pub fn words(self, heading: impl Into<String>) -> Self {
        self.column(heading.into(), Align::Left)
    }

    /// A column of numbers.
    #[must_use]
    pub fn figures(self, heading: impl Into<String>) -> Self {
        self.column(heading.into(), Align::Right)
    }

    fn column(mut self, heading: String, align: Align) -> Self {
        self.headings.push((heading, align));
        self
    }

    /// A row, a cell per column; missing ones stay empty.
    pub fn row(&mut self, cells: impl IntoIterator<Item = String>) {
        self.rows.push(cells.into_iter().collect());
    }

    fn width(&self, column: usize) -> usize {
        let cells = self.rows.iter().filter_map(|row| row.get(column));
        cells.chain([&self.headings[column].0]).map(|cell| width(cell)).max().unwrap_or(0)
    }
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let widths: Vec<usize> =
            (0..self.headings.len()).map(|column| self.width(column)).collect();
        let headings: Vec<String> = self.headings.iter().map(|(text, _)| text.clone()).collect();
        let headed = headings.iter().any(|heading| !heading.is_empty());
        for row in headed.then_some(&headings).into_iter().chain(&self.rows) {
            let mut line = String::new();
            for ((cell, width), (_, align)) in row.iter().zip(&widths).zip(&self.headings) {
                pad(&mut line, cell, *width, *align);
            }
            writeln!(f, "{}", line.trim_end())?;
        }
        Ok(())
    }
}

fn pad(line: &mut String, cell: &str, to: usize, align: Align) {
    let space = " ".repeat(to.saturating_sub(width(cell)));
    let between = if line.is_empty() { "" } else { "  " };
    let (before, after) = if align == Align::Left { ("", &*space) } else { (&*space, "") };
    line.extend([between, before, cell, after]);
}

/// The columns a terminal gives a text: Chinese characters take two.
fn width(text: &str) -> usize {
    text.chars().map(|c| if is_wide(c) { 2 } else { 1 }).sum()
}

fn is_wide(c: char) -> bool {
    matches!(c, '\u{1100}'..='\u{115f}' | '\u{2e80}'..='\u{a4cf}' | '\u{ac00}'..='\u{d7a3}'
        | '\u{f900}'..='\u{faff}' | '\u{fe30}'..='\u{fe6f}' | '\u{ff00}'..='\u{ff60}'
        | '\u{ffe0}'..='\u{ffe6}' | '\u{20000}'..='\u{3fffd}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_line_up() {
        let mut table = Table::new().words("layer").figures("count");
        table.row(["C1".into(), "156".into()]);
        table.row(["输出".into(), "1,516".into()]);
        table.row([]);
        table.row(["total".into()]);
        assert_eq!(table.to_string(), "layer  count\nC1       156\n输出   1,516\n\ntotal\n");
    }

    #[test]
    fn empty_headings_are_not_drawn() {
        let mut table = Table::new().words("").words("");
        table.row(["jump".into(), "4".into()]);
        assert_eq!(table.to_string(), "jump  4\n");
    }
}
