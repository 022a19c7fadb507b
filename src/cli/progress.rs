//! What a terminal shows while a search goes on, and how long it may go on. In a pipe nothing is shown.

use std::fmt;
use std::io::{self, IsTerminal as _, Write as _};
use std::sync::Mutex;
use std::time::{Duration, Instant};

use crate::diagnostics::{escape, width};
use crate::solve::{Pace, Search, Seen, Watch};
use crate::text::{Language, fill};

/// Work that takes no longer than this is not worth a word.
const QUIET: Duration = Duration::from_secs(1);

/// The line is written anew this often at most.
const PERIOD: Duration = Duration::from_millis(200);

/// Columns that a lot's id may take.
const MOST_COLUMNS: usize = 20;

/// Looks on while lots are searched; takes its line back when it is dropped.
pub(super) struct Progress {
    language: Language,
    /// How long the search of one lot may go on, in the place of the engine's own allowance.
    limit: Option<Duration>,
    began: Instant,
    /// When the line was last written, where there is a terminal.
    line: Option<Mutex<Option<Instant>>>,
}

impl Progress {
    /// On standard error.
    pub(super) fn new(limit: Option<u32>, language: Language) -> Self {
        Self {
            language,
            limit: limit.map(|seconds| Duration::from_secs(seconds.into())),
            began: Instant::now(),
            line: io::stderr().is_terminal().then(|| Mutex::new(None)),
        }
    }

    /// So many prices to win are found, of so many.
    pub(super) fn prices(&self, done: usize, all: usize) {
        let (done, all) = (done.to_string(), all.to_string());
        self.show(|| fill(self.language, "cli.progress.prices", &[("done", &done), ("all", &all)]));
    }

    fn show(&self, said: impl Fn() -> String) {
        let Some(line) = &self.line else { return };
        let Ok(mut written) = line.lock() else { return };
        if self.began.elapsed() < QUIET || written.is_some_and(|at| at.elapsed() < PERIOD) {
            return;
        }
        *written = Some(Instant::now());
        // Where the terminal takes nothing, there is nobody to miss it.
        let _ = write!(io::stderr(), "\r\u{1b}[K{}", said());
        let _ = io::stderr().flush();
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some(line) = &self.line
            && line.lock().is_ok_and(|written| written.is_some())
        {
            let _ = write!(io::stderr(), "\r\u{1b}[K");
            let _ = io::stderr().flush();
        }
    }
}

impl fmt::Debug for Progress {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.debug_struct("Progress").field("limit", &self.limit).finish_non_exhaustive()
    }
}

impl Watch for Progress {
    fn search<'a>(&'a self, lot_id: &'a str) -> Box<dyn Search + 'a> {
        Box::new(Looked { by: self, lot_id, began: Instant::now() })
    }
}

/// One search.
struct Looked<'a> {
    by: &'a Progress,
    lot_id: &'a str,
    began: Instant,
}

impl Search for Looked<'_> {
    fn pace(&mut self, seen: Seen) -> Pace {
        self.by.show(|| said(self.lot_id, seen, self.by.language));
        match self.by.limit {
            None => Pace::Allowed,
            Some(limit) if self.began.elapsed() < limit => Pace::Further,
            Some(_) => Pace::Ended,
        }
    }
}

/// How far a search has come, in at most 79 columns.
fn said(lot_id: &str, seen: Seen, language: Language) -> String {
    let (mut lot, mut columns) = (String::new(), 0_usize);
    for letter in escape(lot_id).chars() {
        columns = columns.saturating_add(width(letter));
        if columns > MOST_COLUMNS {
            lot.push('…');
            break;
        }
        lot.push(letter);
    }
    let cases = seen.cases.to_string();
    match (seen.best, seen.bound.and_then(|bound| gap(seen.best?, bound))) {
        (_, Some(gap)) => {
            fill(language, "cli.progress.gap", &[("lot", &lot), ("cases", &cases), ("gap", &gap)])
        }
        (Some(_), None) => fill(language, "cli.progress.award", &[("lot", &lot), ("cases", &cases)]),
        (None, None) => fill(language, "cli.progress.search", &[("lot", &lot), ("cases", &cases)]),
    }
}

/// How far the best award is from the bound, in per cent of the award with two decimals.
fn gap(best: i128, bound: i128) -> Option<String> {
    let hundredths =
        best.checked_sub(bound)?.checked_abs()?.checked_mul(10_000)?.checked_div(best.checked_abs()?)?;
    Some(format!("{}.{:02}", hundredths.checked_div(100)?, hundredths.checked_rem(100)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_fits_a_terminal_and_says_what_is_known() {
        let long = "采购".repeat(40);
        for language in Language::ALL {
            let seen = Seen { cases: 12_345_678, best: Some(1_000_000), bound: Some(998_766) };
            let line = said(&long, seen, language);
            assert!(line.chars().map(width).sum::<usize>() < 80, "{line}");
            assert!(line.contains("0.12") && line.contains("12345678"), "{line}");
            let unknown = said("L1\r\u{1b}[2J", Seen { bound: None, ..seen }, language);
            assert!(!unknown.contains(['\r', '\u{1b}']) && !unknown.contains("0.12"), "{unknown}");
        }
        assert_eq!(gap(0, 0), None);
        assert_eq!(gap(-200, -201).as_deref(), Some("0.50"));
    }

    #[test]
    fn a_time_limit_takes_the_place_of_the_allowance() {
        let seen = Seen { cases: 1, best: None, bound: None };
        let pace = |limit| Progress::new(limit, Language::English).search("L1").pace(seen);
        assert_eq!(
            [pace(None), pace(Some(3600)), pace(Some(0))],
            [Pace::Allowed, Pace::Further, Pace::Ended]
        );
    }
}
