//! What the price ladder shows, as plain values; nothing of how it looks.

use super::svg::Alternative;

/// A share of the scale in millionths: 1,000,000 is the ceiling price.
pub(super) type Millionths = i32;

/// The scale's end: the ceiling price.
pub(super) const WHOLE: Millionths = 1_000_000;

/// The price ladder of a tender.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Ladder {
    /// The finding.
    pub title: String,
    /// What the marks mean, how many there are, and what must be known before reading on.
    pub subtitle: Vec<String>,
    /// Source and remarks.
    pub notes: Vec<String>,
    /// The drawing in words.
    pub description: String,
    /// The lots, from top to bottom.
    pub lots: Vec<LadderLot>,
    /// The words beside the marks.
    pub words: Words,
    /// Language of all texts, by its code.
    pub language: &'static str,
}

/// Texts of the legend and the column heads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Words {
    /// Legend of a filled dot.
    pub won: String,
    /// Legend of a hollow dot.
    pub lost: String,
    /// Legend of a ringed dot.
    pub tied: String,
    /// Legend of a cross.
    pub excluded: String,
    /// Legend of the short line.
    pub cut_off: String,
    /// Name of the scale's end.
    pub whole: String,
    /// Head of the strip for bids beyond the scale's end.
    pub above: String,
    /// What stands under the name of a lot.
    pub detail: String,
    /// Head of the last column.
    pub cut: String,
}

/// One row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct LadderLot {
    /// Name of the lot, with a mark when its scale is not the ceiling price.
    pub name: String,
    /// Unit and agreed volume.
    pub detail: String,
    /// The agreed volume alone.
    pub short_detail: String,
    /// Every bid with a price.
    pub bids: Vec<LadderBid>,
    /// Where the rules cut.
    pub cut_off: Option<Millionths>,
    /// How far the lowest price lies below the ceiling.
    pub cut: String,
}

/// One bid.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct LadderBid {
    /// Comparable price as a share of the scale, rounded up.
    pub share: Millionths,
    /// Whether the price is above the scale's end, exactly.
    pub above: bool,
    /// What became of it.
    pub mark: Mark,
    /// Who, at which price: shown when a pointer rests on the mark.
    pub label: String,
}

/// How a bid is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Mark {
    /// Filled dot.
    Won,
    /// Ringed dot: a draw decides.
    Tied,
    /// Hollow dot.
    Lost,
    /// Cross.
    Excluded,
}

impl Ladder {
    /// The text alternative of the drawing.
    pub(super) fn alternative(&self) -> Alternative<'_> {
        Alternative {
            id: "price-ladder",
            title: &self.title,
            description: &self.description,
            language: self.language,
        }
    }

    /// Whether some bid is drawn so.
    pub(super) fn has(&self, mark: Mark) -> bool {
        self.lots.iter().flat_map(|lot| &lot.bids).any(|bid| bid.mark == mark)
    }

    /// Whether some bid is beyond the scale's end.
    pub(super) fn has_above(&self) -> bool {
        self.lots.iter().flat_map(|lot| &lot.bids).any(|bid| bid.above)
    }
}
