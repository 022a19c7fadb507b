//! Who looks on while an engine works: to show how far a search has come, and to give it more or less time.
//!
//! An engine by itself stops after an allowance of work, which is the same on every machine. Somebody who looks on may let
//! it go on beyond that, or end it before; what was found by then is certified all the same.

use std::fmt::Debug;

/// How far the search of a lot has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Seen {
    /// Cases looked at.
    pub cases: usize,
    /// The value of the best award so far, in steps of the programme.
    pub best: Option<i128>,
    /// No award is better than this, as far as is known.
    pub bound: Option<i128>,
}

/// Whether a search goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pace {
    /// Until the engine's own allowance is used up.
    Allowed,
    /// Whatever the allowance is.
    Further,
    /// No further.
    Ended,
}

impl Pace {
    /// Whether to stop, when the engine's own allowance is used up or is not.
    pub(super) fn stops(self, used_up: bool) -> bool {
        match self {
            Self::Allowed => used_up,
            Self::Further => false,
            Self::Ended => true,
        }
    }
}

/// Somebody who looks on; asked from several threads.
pub trait Watch: Debug + Sync {
    /// A search of a lot begins.
    fn search<'a>(&'a self, lot_id: &'a str) -> Box<dyn Search + 'a>;
}

/// One search, as it is looked at.
pub trait Search {
    /// Called with every case.
    fn pace(&mut self, seen: Seen) -> Pace;
}

/// Nobody looks on.
#[derive(Debug, Clone, Copy, Default)]
pub struct Unwatched;

impl Watch for Unwatched {
    fn search<'a>(&'a self, _lot_id: &'a str) -> Box<dyn Search + 'a> {
        Box::new(Self)
    }
}

impl Search for Unwatched {
    fn pace(&mut self, _seen: Seen) -> Pace {
        Pace::Allowed
    }
}
