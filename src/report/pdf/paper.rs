//! What stands on the pages, as values for the typesetter.

use serde::Serialize;

/// The report on paper, from top to bottom.
#[derive(Debug, Serialize)]
pub(super) struct Paper {
    /// The tender's title.
    pub title: String,
    /// What kind of report this is; stands above the title and on each page.
    pub kicker: String,
    /// The tender's id; stands on each page.
    pub subject: String,
    /// Stands at the foot of each page: the digest of the award.
    pub footer: String,
    /// Page numbers, with places for `{page}` and `{pages}`.
    pub page_of: String,
    /// Code of the language.
    pub language: &'static str,
    /// Families of the fonts, the best first.
    pub fonts: Vec<String>,
    /// The parts.
    pub blocks: Vec<Block>,
}

/// One part of a page.
#[derive(Debug, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub(super) enum Block {
    /// A title of a part.
    Heading {
        /// Its words.
        text: String,
        /// 1 for parts, 2 below.
        level: u8,
    },
    /// A paragraph.
    Text {
        /// Its words.
        text: String,
    },
    /// What must be known before any figure is read.
    Banner {
        /// In bold.
        strong: String,
        /// The rest.
        text: String,
    },
    /// Names and values; `headline` when the first is the figure and the second says what it is.
    Facts {
        /// Whether they are the headline figures.
        headline: bool,
        /// One row each.
        rows: Vec<[String; 2]>,
    },
    /// Points.
    List {
        /// One each.
        items: Vec<String>,
    },
    /// Points with numbers from 1.
    Numbered {
        /// One each.
        items: Vec<String>,
    },
    /// A table that repeats its head on each page.
    Table {
        /// What it shows.
        caption: String,
        /// The columns.
        columns: Vec<Column>,
        /// Its rows.
        groups: Vec<Group>,
    },
    /// A chart.
    Figure {
        /// Its file.
        file: String,
        /// What it is.
        alt: String,
    },
    /// A table to be signed.
    Signatures {
        /// The heads of its four columns.
        heads: [String; 4],
        /// Who signs.
        roles: Vec<String>,
    },
    /// Lines to be filled in by hand.
    Lines {
        /// How many.
        count: u8,
    },
    /// What follows begins a page.
    PageBreak,
}

/// Rows of a table that belong together.
#[derive(Debug, Serialize)]
pub(super) struct Group {
    /// What they are of; stands above them, again on each page. Empty where a table is one group.
    pub title: String,
    /// As many cells a row as there are columns.
    pub rows: Vec<Vec<String>>,
}

impl Group {
    /// A table of one group.
    pub(super) fn only(rows: Vec<Vec<String>>) -> Vec<Self> {
        vec![Self { title: String::new(), rows }]
    }

    /// How many rows there are.
    pub(super) fn rows(groups: &[Self]) -> usize {
        groups.iter().map(|group| group.rows.len()).sum()
    }
}

/// A column of a table.
#[derive(Debug, Serialize)]
pub(super) struct Column {
    /// Its head.
    pub head: String,
    /// Whether it holds numbers, which stand at the right.
    pub number: bool,
    /// Its part of the width that is left; 0 for a column as wide as its cells.
    pub share: u8,
}

impl Column {
    /// A column of words with a part of the width.
    pub(super) fn words(head: impl Into<String>, share: u8) -> Self {
        Self { head: head.into(), number: false, share }
    }

    /// A column of words as wide as its cells.
    pub(super) fn narrow(head: impl Into<String>) -> Self {
        Self { head: head.into(), number: false, share: 0 }
    }

    /// A column of numbers.
    pub(super) fn number(head: impl Into<String>) -> Self {
        Self { head: head.into(), number: true, share: 0 }
    }
}
