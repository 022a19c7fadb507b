//! One lot with all that the stages say of it, and the sums that every file states.

use crate::allocate::{Allocation, Basis, LotAllocation, WinnerVolume};
use crate::certify::{CertifiedAward, LotAward, Proof, Winner};
use crate::compare::ComparableBid;
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::money::{Money, Quantity, UnitPrice};
use crate::price_to_win;
use crate::rules::{PriceClass, RuleSet, Unit};
use crate::savings::{Baseline, BaselineSaving, Savings, StatedSavings};
use crate::screen::{Route, ScreenedBid, ScreenedLot, Standing};
use crate::tender::{Bid, Date, Lot, Outcome, PriceToWin, Region};

/// One lot with all that the stages say of it.
#[derive(Clone, Copy)]
pub(super) struct LotFigures<'a> {
    /// The bids and what the rules say of them.
    pub screened: &'a ScreenedLot,
    /// Who wins.
    pub award: &'a LotAward,
    /// Who supplies how much, where.
    pub allocation: &'a LotAllocation,
    /// What it saves.
    pub savings: &'a [BaselineSaving],
    /// What the tender saves against its further baselines; this lot's are at `place`.
    pub stated: &'a [StatedSavings],
    /// Place of the lot in the award.
    pub place: usize,
    /// The award to ask for the price to win of every bid, where it is known.
    pub certified: Option<&'a CertifiedAward>,
}

/// Every lot, by id.
pub(super) fn lots<'a>(
    certified: &'a CertifiedAward,
    allocation: &'a Allocation,
    savings: &'a Savings,
) -> Vec<LotFigures<'a>> {
    let mut lots: Vec<LotFigures<'a>> = certified
        .lots()
        .zip(&allocation.lots)
        .zip(&savings.lots)
        .enumerate()
        .map(|(place, (((screened, award), allocation), own))| LotFigures {
            screened,
            award,
            allocation,
            savings: own,
            stated: &savings.stated,
            place,
            certified: Some(certified),
        })
        .collect();
    lots.sort_by(|one, other| one.lot().id.cmp(&other.lot().id));
    lots
}

impl<'a> LotFigures<'a> {
    /// The lot as the tender states it.
    pub(super) fn lot(&self) -> &'a Lot {
        &self.screened.comparable.lot
    }

    /// A bid by its place in the lot's list.
    pub(super) fn bid(&self, at: usize) -> Option<(&'a Bid, &'a ComparableBid, &'a ScreenedBid)> {
        self.screened.each_bid().nth(at)
    }

    /// What a bid would have needed.
    pub(super) fn price_to_win(&self, at: usize) -> PriceToWin {
        let lots = self.certified.map(price_to_win::of).unwrap_or_default();
        lots.get(self.place).and_then(|bids| bids.get(at)).copied().unwrap_or_default()
    }

    /// A bid's rank; there is none where the rule set does not rank.
    pub(super) fn rank(&self, at: usize) -> Option<u32> {
        self.screened.places?;
        match self.screened.bids.get(at)?.standing {
            Standing::Ranked { rank, .. } => Some(rank),
            Standing::Excluded { .. } => None,
        }
    }

    /// The award price of a bid's own specification, should it win: what it quoted, or what a lower price that it accepted comes
    /// to.
    pub(super) fn award_price(&self, at: usize, rules: &RuleSet) -> Result<Option<UnitPrice>, Diagnostics> {
        let Some((bid, ..)) = self.bid(at) else { return Ok(None) };
        match self.screened.route(at) {
            Route::Place | Route::Guaranteed | Route::WithoutVolume | Route::Open => Ok(bid.price),
            Route::Revived { price }
            | Route::Matched { price }
            | Route::RevivedWithoutPlace { price }
            | Route::RevivedAtLine { price } => {
                let (content, fill, pack) = (bid.content_ratio, bid.fill_ratio, bid.pack_count);
                let own = rules.comparable_price.rule.convert_back(price, content, fill, pack);
                own.map(Some).map_err(|_| Diagnostic::at(Code::ConversionTooLarge, bid.place.clone()).into())
            }
        }
    }

    /// The prices at which a winner wins: of its own specification, and of the representative one. They are what it filed,
    /// unless it accepted a lower price or its prices go by region or quantity.
    pub(super) fn won_at(&self, winner: &Winner, rules: &RuleSet) -> [Option<UnitPrice>; 2] {
        let own = winner.mean_quoted().or_else(|| self.award_price(winner.bid, rules).ok().flatten());
        [own, self.price_paid(winner)]
    }

    /// The price of a winner's own specification in a region.
    pub(super) fn won_in(&self, bid: usize, region: &Region, rules: &RuleSet) -> Option<UnitPrice> {
        let winner = self.award.winners.iter().find(|winner| winner.bid == bid);
        let there = winner.and_then(|winner| winner.quoted_in(region));
        there.or_else(|| self.award_price(bid, rules).ok().flatten())
    }

    /// Its bidding unit and its class.
    pub(super) fn unit_and_class(&self, winner: &Winner) -> UnitAndClass {
        let bid = self.screened.bids.get(winner.bid);
        [bid.and_then(|bid| bid.unit.map(Unit::name)), bid.and_then(|bid| bid.class.map(PriceClass::name))]
    }

    /// The last day of the term, where the rule set states one and somebody wins.
    pub(super) fn term_until(&self, rules: &RuleSet) -> Option<Date> {
        rules.term_until.as_ref().filter(|_| !self.award.winners.is_empty()).map(|rule| rule.rule.until)
    }

    /// The price of a winner: the mean of what it is paid where prices go by region or quantity, once its volume is known.
    pub(super) fn price_paid(&self, winner: &Winner) -> Option<UnitPrice> {
        let mean = self.winner_volume(winner).and_then(|_| winner.mean_price());
        mean.or_else(|| self.screened.award_price(winner.bid))
    }

    /// The volume and value of a winner, once they are known.
    pub(super) fn winner_volume(&self, winner: &Winner) -> Option<&'a WinnerVolume> {
        self.allocation.winners.iter().find(|volume| volume.bid == winner.bid)
    }

    /// Whether volumes and values wait for a draw.
    pub(super) fn is_open(&self) -> bool {
        self.allocation.basis == Basis::Open && self.award.outcome != Outcome::NoAward
    }

    /// Agreed volume. While a draw is open it is stated only if it does not depend on the draw.
    pub(super) fn agreed_volume(&self) -> Option<Quantity> {
        let volume = self.allocation.agreed_volume;
        (!self.is_open() || !volume.is_zero()).then_some(volume)
    }

    /// What the agreed volume costs; unknown while a draw is open.
    pub(super) fn value(&self) -> Option<Money> {
        (!self.is_open()).then_some(self.allocation.value)
    }

    /// What the model minimised: what is paid, less margins of preference, with amounts of switching; unknown while a draw
    /// is open.
    pub(super) fn cost(&self) -> Result<Option<Money>, Diagnostics> {
        match (&self.award.proof, self.value()) {
            (_, None) => Ok(None),
            (Proof::Exact { cost } | Proof::Bound { cost, .. }, Some(_)) => Ok(Some(*cost)),
            (Proof::Rules | Proof::Nothing, Some(_)) => self.paid(),
        }
    }

    /// Value plus the winners' fixed costs; unknown while a draw is open.
    pub(super) fn paid(&self) -> Result<Option<Money>, Diagnostics> {
        let Some(value) = self.value() else { return Ok(None) };
        let winners = self.award.winners.iter();
        let fixed = winners.filter_map(|winner| winner.fixed_cost.or(self.bid(winner.bid)?.0.fixed_cost));
        Money::total(fixed.chain([value])).map(Some).map_err(|_| sum_too_long("lots.cost"))
    }
}

/// The bidding unit and the class of a winner, where the rule set has them.
pub(super) type UnitAndClass = [Option<&'static str>; 2];

/// Whether some winner has a bidding unit or a class; without one, tables have no columns for them.
pub(super) fn has_units_or_classes(lots: &[LotFigures<'_>]) -> bool {
    let mut winners = lots.iter().flat_map(|lot| lot.award.winners.iter().map(move |winner| (lot, winner)));
    winners.any(|(lot, winner)| lot.unit_and_class(winner) != [None; 2])
}

/// Sums over the lots whose volumes are settled.
pub(super) struct Totals {
    /// Agreed volume, in units of each lot.
    pub agreed_volume: Quantity,
    /// What it costs.
    pub award_value: Money,
    /// What the models minimised.
    pub cost: Money,
    /// Value plus fixed costs.
    pub paid: Money,
    /// Lots that are not in the sums because a draw is open.
    pub lots_open: usize,
}

impl Totals {
    /// The sums over `lots`.
    pub(super) fn of(lots: &[LotFigures<'_>]) -> Result<Self, Diagnostics> {
        let settled = || lots.iter().filter(|lot| !lot.is_open());
        let costs = settled().map(LotFigures::cost).collect::<Result<Vec<_>, _>>()?;
        let paid = settled().map(LotFigures::paid).collect::<Result<Vec<_>, _>>()?;
        let volumes = settled().map(|lot| lot.allocation.agreed_volume);
        let values = settled().map(|lot| lot.allocation.value);
        Ok(Self {
            agreed_volume: Quantity::total(volumes).map_err(|_| sum_too_long("totals.agreed_volume"))?,
            award_value: Money::total(values).map_err(|_| sum_too_long("totals.award_value"))?,
            cost: Money::total(costs.into_iter().flatten()).map_err(|_| sum_too_long("totals.cost"))?,
            paid: Money::total(paid.into_iter().flatten()).map_err(|_| sum_too_long("totals.cost"))?,
            lots_open: lots.iter().filter(|lot| lot.is_open()).count(),
        })
    }
}

/// The baseline that is known for most winners; of equal ones the first in the order of reports.
pub(super) fn widest(savings: &Savings) -> Option<Baseline> {
    let known = savings.totals.iter().filter(|saving| saving.saving.is_some());
    let most = known.clone().map(|saving| saving.winners_covered).max()?;
    known.clone().find(|saving| saving.winners_covered == most).map(|saving| saving.baseline)
}

/// A sum that cannot be held exactly, by its key in award.json.
fn sum_too_long(figure: &str) -> Diagnostics {
    Diagnostic::new(Code::ReportSumTooLong).with("figure", figure).into()
}
