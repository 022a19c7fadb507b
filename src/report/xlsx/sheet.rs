//! A sheet as data.

use super::cell::Cell;

/// Rows above the table, the table's heads, and its rows.
pub(super) struct Sheet {
    /// Name on the tab.
    pub(super) name: &'static str,
    /// Rows above the table; a summary has nothing else.
    pub(super) above: Vec<Vec<Cell>>,
    /// Heads of the columns; none where there is no table.
    pub(super) heads: Vec<String>,
    /// Rows of the table, each as wide as the heads.
    pub(super) rows: Vec<Vec<Cell>>,
    /// How it lies on paper.
    pub(super) paper: Paper,
}

/// How a sheet lies on paper. Every sheet is as wide as one page.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Paper {
    /// A4, upright.
    Upright,
    /// A4, landscape.
    Landscape,
    /// A3, landscape, for the widest table.
    Large,
}

impl Sheet {
    /// A table on its own.
    pub(super) fn table(name: &'static str, heads: Vec<String>, rows: Vec<Vec<Cell>>) -> Self {
        Self { name, above: Vec::new(), heads, rows, paper: Paper::Landscape }
    }

    /// Cells whose exact decimal a spreadsheet cannot keep.
    pub(super) fn cells_beyond(&self) -> usize {
        let cells = self.above.iter().chain(&self.rows).flatten();
        cells.filter(|cell| cell.beyond_a_spreadsheet().is_some()).count()
    }

    /// The exact decimals of a row that a spreadsheet cannot keep, each with its head.
    pub(super) fn exact_values(&self, row: &[Cell]) -> Option<String> {
        let exact: Vec<String> = row
            .iter()
            .enumerate()
            .filter_map(|(at, cell)| {
                let head = self.heads.get(at).map_or("", String::as_str);
                Some(format!("{head} = {}", cell.beyond_a_spreadsheet()?))
            })
            .collect();
        (!exact.is_empty()).then(|| exact.join("; "))
    }
}
