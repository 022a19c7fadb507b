//! A lot or a bid of a tender, step by step.

use std::path::Path;

use clap::ArgMatches;

use super::super::rules::instead;
use super::super::{Answer, Exit, encoding, usage, word};
use crate::diagnostics::plain;
use crate::evaluate_under;
use crate::read::ReadOptions;
use crate::report::explained::Explained;
use crate::text::Language;

/// Explains a lot of the tender in `folder`, or one bid of it.
pub(super) fn of_tender(folder: &str, matches: &ArgMatches, language: Language) -> Answer {
    let read = || {
        let options = ReadOptions { encoding: encoding(matches, language)?, ..ReadOptions::default() };
        let rules = match word(matches, "rules") {
            "" => None,
            name => Some(instead(name, matches.get_flag("without-overrides"), language)?),
        };
        evaluate_under(Path::new(folder), &options, rules.as_ref()).map_err(|faults| Answer {
            results: String::new(),
            messages: plain(&faults, language, false),
            exit: Exit::of_diagnostics(&faults),
        })
    };
    let done = match read() {
        Ok(done) => done,
        Err(answer) => return answer,
    };
    let asked = word(matches, "lot");
    let ids: Vec<&str> = done.award.lots().map(|(lot, _)| lot.comparable.lot.id.as_str()).collect();
    let Some(at) = ids.iter().position(|id| *id == asked) else {
        return usage::unknown("explain.lot_unknown", asked, &ids, language);
    };
    let explained =
        Explained { award: &done.award, allocation: &done.allocation, savings: &done.savings, lot: at };
    let asked = word(matches, "bid");
    if asked.is_empty() {
        return Answer::done(explained.lot_page(language));
    }
    let Some((lot, _)) = done.award.lots().nth(at) else { return Answer::done(String::new()) };
    let bids = || lot.comparable.lot.bids.iter();
    let found: Vec<usize> = bids()
        .enumerate()
        .filter(|(_, bid)| bid.id.as_str() == asked || bid.supplier_id.as_str() == asked)
        .map(|(at, _)| at)
        .collect();
    if found.is_empty() {
        let known: Vec<&str> = bids().flat_map(|bid| [bid.supplier_id.as_str(), bid.id.as_str()]).collect();
        return usage::unknown("explain.bid_unknown", asked, &known, language);
    }
    // A supplier can have several bids on a lot.
    let pages: Vec<String> = found.into_iter().map(|bid| explained.bid_page(bid, language)).collect();
    Answer::done(pages.join("\n"))
}
