//! A lot or a bid explained: the steps in the order in which the office applies them, from what was recorded.

use super::figures::{LotFigures, lots};
use super::needed::sentences;
use super::published::deciding;
use super::reading::{count, lot_name, money, percent, plain_price, supplier_name, tender_title, volume};
use super::summary::columns::{Page, shortened};
use crate::allocate::{Allocation, Basis};
use crate::certify::{BidStatus, CertifiedAward, TieDecides};
use crate::compare::ComparableBid;
use crate::diagnostics::escape;
use crate::rules::{AwardRule, RuleSet, Unit, fact_name, fact_value, rule_title, sentence};
use crate::savings::Savings;
use crate::screen::{ScreenedBid, Standing};
use crate::tender::{Bid, Outcome, Reason, Role, Verdict};
use crate::text::{Language, fill, text};

/// Columns that a title may take, over several lines.
const TITLE: usize = 200;

/// What is explained of: an evaluation, and one of its lots by its place.
#[derive(Clone, Copy)]
pub struct Explained<'e> {
    /// The award.
    pub award: &'e CertifiedAward,
    /// Volumes and regions.
    pub allocation: &'e Allocation,
    /// Savings.
    pub savings: &'e Savings,
    /// Which lot.
    pub lot: usize,
}

/// A rank, with the bidding unit before it where the lot is divided.
fn ranked_in(unit: Option<Unit>, rank: u32) -> String {
    unit.map_or_else(|| rank.to_string(), |unit| format!("{} {rank}", unit.name()))
}

impl Explained<'_> {
    /// The lot's steps and a line for each bid, in at most 80 columns.
    pub fn lot_page(&self, language: Language) -> String {
        let mut page = Page::new(language);
        if let Some(lot) = lots(self.award, self.allocation, self.savings).get(self.lot) {
            let teller = Teller { award: self.award, lot };
            teller.heading(&mut page);
            teller.bidders(&mut page);
            teller.order(&mut page);
            teller.ties(&mut page);
            teller.volumes(&mut page);
            page.blank();
            page.say("report.explained.each_bid", &[]);
        }
        page.into_text()
    }

    /// Every step of the bid at the place `bid` of the lot's list, in at most 80 columns.
    pub fn bid_page(&self, bid: usize, language: Language) -> String {
        let mut page = Page::new(language);
        if let Some(lot) = lots(self.award, self.allocation, self.savings).get(self.lot) {
            let teller = Teller { award: self.award, lot };
            teller.heading(&mut page);
            teller.bid(&mut page, bid);
        }
        page.into_text()
    }
}

/// Tells of one lot.
struct Teller<'t, 'e> {
    award: &'t CertifiedAward,
    lot: &'t LotFigures<'e>,
}

type Known<'k> = (&'k Bid, &'k ComparableBid, &'k ScreenedBid);

impl Teller<'_, '_> {
    fn rules(&self) -> &RuleSet {
        &self.award.screened().rules
    }

    fn status(&self, at: usize) -> BidStatus {
        self.lot.award.statuses.get(at).copied().unwrap_or(BidStatus::Excluded)
    }

    fn supplier(&self, bid: &Bid, language: Language) -> String {
        let name = supplier_name(&self.award.screened().suppliers, &bid.supplier_id, language);
        let id = escape(bid.supplier_id.as_str());
        if name == id {
            return name;
        }
        fill(language, "report.summary.supplier", &[("name", &name), ("id", &id)])
    }

    fn heading(&self, page: &mut Page) {
        let language = page.language;
        let (notice, rules, stated) = (&self.award.screened().notice, self.rules(), self.lot.lot());
        page.item(0, &shortened(&tender_title(notice, language), TITLE));
        let title = match language {
            Language::English => &rules.title,
            Language::Chinese => &rules.title_zh,
        };
        let values = [
            ("title", &*escape(title)),
            ("id", &*escape(&rules.id)),
            ("announced", &*notice.announced.to_string()),
        ];
        page.say("report.summary.rules", &values);
        if let Some(own) = &rules.instead_of {
            page.say("report.summary.instead_of", &[("own", &escape(own))]);
        }
        let lot = format!("{} {}", escape(stated.id.as_str()), lot_name(stated, language));
        let outcome = text(language, &format!("report.outcome.{}", self.lot.award.outcome.name()));
        page.say("report.explained.lot", &[("lot", &*lot), ("outcome", outcome)]);
        page.blank();
    }

    /// Where a step is written down.
    fn clause(&self, page: &mut Page, depth: usize, rule: &str, cite: &str) {
        let open = self.rules().unverified().iter().any(|name| name == rule);
        let key = if open { "report.explained.clause_unverified" } else { "report.explained.clause" };
        page.item(depth, &fill(page.language, key, &[("cite", &escape(cite))]));
    }

    /// Who counts, and how many places there are.
    fn bidders(&self, page: &mut Page) {
        let language = page.language;
        let (rules, screened) = (self.rules(), self.lot.screened);
        let counted = rules.bidders_counted.rule.counted.name();
        let who = text(language, &format!("report.explained.counted.{counted}"));
        page.say("report.explained.bidders", &[("bidders", &*screened.bidders.to_string()), ("who", who)]);
        self.clause(page, 1, crate::rules::BiddersCounted::ID, &rules.bidders_counted.cite);
        let bids = || screened.each_bid();
        let filed = bids().filter(|(.., screened)| screened.counts).count();
        let bidders = usize::try_from(screened.bidders).unwrap_or(filed);
        if filed > bidders {
            let values = [("bids", &*count(filed)), ("bidders", &*count(bidders))];
            page.item(1, &fill(language, "report.explained.related", &values));
        }
        for (bid, _, screened) in bids().filter(|(.., screened)| !screened.counts) {
            let why = first_failed(screened).map(|reason| sentence(language, reason)).unwrap_or_default();
            let values = [("supplier", &*self.supplier(bid, language)), ("reason", &*escape(&why))];
            page.item(1, &fill(language, "report.explained.not_counted", &values));
        }
        if let (AwardRule::Ranked { places, stages, .. }, Some(places_here)) = (&rules.award, screened.places)
        {
            page.say("report.explained.places", &[("places", &places_here.to_string())]);
            self.clause(page, 1, crate::rules::PlacesByBidders::ID, &places.cite);
            if let Some(rule) = &stages.capacity {
                self.clause(page, 1, crate::rules::PlacesByCapacity::ID, &rule.cite);
            }
        }
    }

    /// The bids by rank, those kept out after them, each with what decided it.
    fn order(&self, page: &mut Page) {
        let language = page.language;
        page.blank();
        let order = match &self.rules().award {
            AwardRule::Ranked { rank, .. } if rank.is_by_score() => "report.explained.order_by_score",
            _ => "report.explained.order",
        };
        page.say(order, &[]);
        if let AwardRule::Ranked { rank, .. } = &self.rules().award {
            self.clause(page, 1, rank.id(), rank.cite());
        }
        let mut bids: Vec<(usize, Known<'_>)> = self.lot.screened.each_bid().enumerate().collect();
        bids.sort_by_key(|(at, (bid, _, screened))| {
            let rank = self.lot.rank(*at);
            (rank.is_none(), screened.unit, rank, &bid.id)
        });
        for (at, (bid, comparable, screened)) in bids {
            let status = self.status(at);
            let why = deciding(screened, status).map(|reason| sentence(language, reason));
            let price = comparable.comparable_price.map_or_else(|| "-".to_owned(), plain_price);
            let price = match fact_of(screened, crate::rules::PreferenceMargin::ID, "compared_price") {
                Some(compared) => {
                    let values = [("price", &*price), ("compared", compared)];
                    fill(language, "report.explained.compared_as", &values)
                }
                None => price,
            };
            let price = match fact_of(screened, crate::rules::RankByScore::ID, "score") {
                Some(score) => {
                    fill(language, "report.explained.score_at", &[("score", score), ("price", &price)])
                }
                None => price,
            };
            let ranked = matches!(self.rules().award, AwardRule::Ranked { .. });
            let rank = self.lot.rank(at).filter(|_| ranked);
            let values = [
                ("rank", &*rank.map_or_else(|| "-".to_owned(), |rank| ranked_in(screened.unit, rank))),
                ("supplier", &*self.supplier(bid, language)),
                ("price", &*price),
                ("status", text(language, &format!("report.status.{}", status.name()))),
            ];
            let key = if rank.is_some() { "report.explained.ranked" } else { "report.explained.unranked" };
            page.item(1, &fill(language, key, &values));
            if let Some(why) = why {
                page.item(2, &escape(&why));
            }
        }
    }

    /// What a draw must settle.
    fn ties(&self, page: &mut Page) {
        let language = page.language;
        for tie in &self.lot.award.ties {
            let names: Vec<String> = tie
                .bids
                .iter()
                .filter_map(|bid| Some(self.supplier(self.lot.bid(*bid)?.0, language)))
                .collect();
            let names = names.join(text(language, "report.summary.comma"));
            let (key, places) = match &tie.decides {
                TieDecides::Places { places } => ("report.explained.tie_places", places.to_string()),
                TieDecides::Order => ("report.explained.tie_order", String::new()),
                TieDecides::Award { .. } => ("report.explained.tie_award", String::new()),
            };
            page.say(key, &[("suppliers", &names), ("places", &places)]);
        }
    }

    /// How much is agreed, for how long, and who supplies it.
    fn volumes(&self, page: &mut Page) {
        let language = page.language;
        let (rules, award, allocation) = (self.rules(), self.lot.award, self.lot.allocation);
        page.blank();
        if award.outcome == Outcome::NoAward {
            page.say("report.explained.nobody", &[]);
            return;
        }
        let winners = award.winners.len().to_string();
        let draws = award.ties.iter().any(|tie| tie.decides != TieDecides::Order);
        let key = if draws { "report.explained.winners_draw" } else { "report.explained.winners" };
        page.say(key, &[("winners", &winners)]);
        if let (Some(share), Some(rule)) = (award.agreed_share, &rules.agreed_share) {
            let base = volume(self.lot.screened.comparable.base_volume, language);
            let values = [("share", &*percent(share, 0)), ("base", &*base)];
            page.say("report.explained.share", &values);
            self.clause(page, 1, crate::rules::AgreedShareByWinners::ID, &rule.cite);
        }
        if let (Some(years), Some(rule)) = (award.term_years, &rules.term) {
            page.say("report.explained.term", &[("years", &years.to_string())]);
            self.clause(page, 1, crate::rules::TermByWinners::ID, &rule.cite);
        }
        let basis = text(language, &format!("report.explained.basis.{}", allocation.basis.name()));
        page.say("report.explained.basis_is", &[("basis", basis)]);
        self.clause(page, 1, rules.allocation.id(), rules.allocation.cite());
        if allocation.basis == Basis::Open {
            return;
        }
        for winner in &award.winners {
            if let Some((bid, ..)) = self.lot.bid(winner.bid) {
                let given = self.given(winner.bid, language);
                let values = [("supplier", &*self.supplier(bid, language)), ("given", &*given)];
                page.item(1, &fill(language, "report.explained.given_to", &values));
            }
        }
    }

    /// What a winner supplies: volume, value, regions.
    fn given(&self, at: usize, language: Language) -> String {
        let allocation = self.lot.allocation;
        let Some(winner) = allocation.winners.iter().find(|winner| winner.bid == at) else {
            return text(language, "report.explained.given_open").to_owned();
        };
        let regions: Vec<String> = allocation
            .regions
            .iter()
            .filter(|row| row.bid == at && row.role == Role::Main)
            .map(|row| escape(row.region.as_str()))
            .collect();
        let currency = &self.award.screened().notice.currency;
        let values = [
            ("volume", &*volume(winner.agreed_volume, language)),
            ("value", &*money(winner.value, currency, language)),
            ("count", &*count(regions.len())),
            ("regions", &*regions.join(text(language, "report.summary.comma"))),
        ];
        fill(language, "report.explained.given", &values)
    }

    /// Every recorded step of a bid, with the numbers compared, the verdict and the clause.
    fn bid(&self, page: &mut Page, at: usize) {
        let language = page.language;
        let Some((bid, _, screened)) = self.lot.bid(at) else { return };
        let status = self.status(at);
        let word = text(language, &format!("report.status.{}", status.name()));
        let values = [
            ("bid", &*escape(bid.id.as_str())),
            ("supplier", &*self.supplier(bid, language)),
            ("status", word),
        ];
        page.say("report.explained.bid", &values);
        let counts = if screened.counts { "counts" } else { "counts_not" };
        let values = [("bidders", &*self.lot.screened.bidders.to_string())];
        page.say(&format!("report.explained.{counts}"), &values);
        page.blank();
        for (number, reason) in (1_usize..).zip(&screened.reasons) {
            self.step(page, number, reason);
        }
        page.blank();
        self.conclusion(page, at, status, screened);
        if let Some(needed) = sentences(language, self.lot.price_to_win(at), status) {
            page.item(0, &needed);
        }
    }

    fn step(&self, page: &mut Page, number: usize, reason: &Reason) {
        let language = page.language;
        let verdict = text(language, &format!("report.explained.verdict.{}", reason.verdict.name()));
        let values = [
            ("number", &*number.to_string()),
            ("title", rule_title(language, reason.rule)),
            ("verdict", verdict),
        ];
        page.say("report.explained.step", &values);
        page.item(2, &escape(&sentence(language, reason)));
        let facts: Vec<String> = reason
            .facts
            .iter()
            .filter(|fact| fact.name != "any_of")
            .map(|fact| {
                let values = [("name", fact_name(language, fact)), ("value", &*fact_value(language, fact))];
                fill(language, "report.explained.fact", &values)
            })
            .collect();
        let facts = escape(&facts.join(text(language, "report.explained.fact_join")));
        page.item(2, &fill(language, "report.explained.facts", &[("facts", &facts)]));
        if reason.facts.iter().any(|fact| fact.name == "any_of") {
            page.item(2, text(language, "report.explained.any_of"));
        }
        self.clause(page, 2, reason.rule, &reason.cite);
    }

    fn conclusion(&self, page: &mut Page, at: usize, status: BidStatus, screened: &ScreenedBid) {
        let language = page.language;
        if status == BidStatus::Won {
            page.say("report.explained.won", &[("given", &self.given(at, language))]);
            return;
        }
        let Some(last) = deciding(screened, status) else { return };
        // Where any one of several tests would have sufficed, all of them decided.
        let group = last.facts.iter().find(|fact| fact.name == "any_of");
        let same = |reason: &&Reason| match group {
            Some(group) => reason.facts.contains(group),
            None => std::ptr::eq(*reason, last),
        };
        let why: Vec<String> =
            screened.reasons.iter().filter(same).map(|reason| sentence(language, reason)).collect();
        let why = escape(&why.join(text(language, "report.changes.join")));
        let key = match status {
            BidStatus::Tied => "report.explained.tied",
            _ if matches!(screened.standing, Standing::Excluded { .. }) => "report.explained.excluded",
            _ => "report.explained.lost",
        };
        page.say(key, &[("reason", &why)]);
    }
}

fn first_failed(bid: &ScreenedBid) -> Option<&Reason> {
    bid.reasons.iter().find(|reason| reason.verdict == Verdict::Fail)
}

/// A number that a rule recorded of a bid, where it did.
fn fact_of<'a>(screened: &'a ScreenedBid, rule: &str, fact: &str) -> Option<&'a str> {
    let mut said = screened.reasons.iter().filter(|reason| reason.rule == rule);
    let facts = said.find_map(|reason| reason.facts.iter().find(|known| known.name == fact));
    facts.map(|fact| fact.value.as_str())
}
