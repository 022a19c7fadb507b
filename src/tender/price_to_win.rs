//! The price at which a bid would have won.

use crate::money::UnitPrice;

/// The highest price of the quoted pack at which a bid wins, all else as it was filed and recorded.
///
/// A bid with several prices moves all of them by one and the same amount. Prices are taken in the steps of [`Self::step_digits`]. Other bids keep their prices and answers; human acts stay as
/// recorded, and a recorded draw counts where the bids it names are still tied.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct PriceToWin {
    /// The highest price at which it wins whatever a draw or an open answer brings; `None` with the reason in `note`.
    pub price: Option<UnitPrice>,
    /// By how much all prices of a bid that states several (of bands, of regions, in a package) would be higher than filed,
    /// or lower below zero, when its own is at `price`; `None` for a bid with one price, and without `price`.
    pub change: Option<UnitPrice>,
    /// The highest price at which it may win, by a draw or by an answer that is not recorded, when that is higher.
    pub may_win: Option<UnitPrice>,
    /// Decimals of the steps in which prices were tried.
    pub step_digits: u32,
    /// What must be known beside the price.
    pub note: Option<PriceToWinNote>,
}

/// What must be known beside a price to win, or in its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PriceToWinNote {
    /// The bid was withdrawn or disqualified: no price brings it back.
    Gone,
    /// The bid was filed without a usable price.
    NoUsablePrice,
    /// It wins at no price above zero.
    NoPriceWins,
    /// The price is the highest that the ceiling allows.
    AtCeiling,
    /// It wins at every price that can be written, so that there is no highest.
    Unlimited,
    /// It wins at this price; whether it does at a higher one was not found.
    AtLeast,
    /// It was not found, because a number cannot be held or no award could be proved.
    NotFound,
}

impl PriceToWinNote {
    /// The word in files.
    pub fn name(self) -> &'static str {
        match self {
            Self::Gone => "gone",
            Self::NoUsablePrice => "no_usable_price",
            Self::NoPriceWins => "no_price_wins",
            Self::AtCeiling => "at_ceiling",
            Self::Unlimited => "unlimited",
            Self::AtLeast => "at_least",
            Self::NotFound => "not_found",
        }
    }
}

impl PriceToWin {
    /// No price, for a reason.
    pub fn none(note: PriceToWinNote, step_digits: u32) -> Self {
        Self { price: None, change: None, may_win: None, step_digits, note: Some(note) }
    }
}
