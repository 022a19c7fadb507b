//! From a screened tender to its award model.

use super::language::input::Offered;
use super::language::{self, Group};
use super::{
    AwardModel, CoreBidder, CoreLot, CoreRules, LotModel, MaxShare, RankedCandidate, RankedLot, RankedRules,
    Share, WithoutPlace,
};
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::money::{Money, Quantity, Ratio, UnitPrice};
use crate::rules::{
    AgreedShareByWinners, AwardRule, GuaranteedAtCut, LeastCost, PlacesByBidders, RankByComparablePrice,
    RevivalAtLine, RevivalOfUnshortlisted, RuleSet, SelectedWithoutVolume, Unit, VolumeAtLeastCost,
};
use crate::screen::{Route, Screened, ScreenedLot, Standing};
use crate::tender::{Bid, Region};

/// The whole-number steps in which a lot's volumes and prices are counted: the coarsest that hold every number exactly.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Steps {
    /// A volume step is `10^-volume_digits` units.
    pub volume_digits: u32,
    /// A price step is `10^-price_digits` of the currency per unit.
    pub price_digits: u32,
}

/// Shares of the base volume by number of winners, in steps of `10^-digits`.
struct Shares {
    by_winners: Vec<Share>,
    digits: u32,
}

impl Steps {
    /// The steps of a lot.
    pub fn of(lot: &ScreenedLot, rules: &RuleSet) -> Self {
        let regions = lot.comparable.region_volumes.values().copied();
        let bids = lot.each_bid().flat_map(|(bid, _, _)| [bid.capacity, bid.min_quantity]).flatten();
        let volume_digits = regions.chain(bids).map(Quantity::decimals).max().unwrap_or(0);
        let prices =
            lot.each_bid().filter_map(|(_, bid, _)| bid.comparable_price).map(UnitPrice::decimals).max();
        // Prices that cannot be converted are refused where they are used.
        let regional = lot.each_bid().flat_map(|(bid, _, _)| {
            let prices = bid.regional.iter().filter_map(|row| row.price);
            prices.filter_map(|price| language::comparable(rules, bid, price).ok()).map(UnitPrice::decimals)
        });
        let prices = prices.into_iter().chain(regional).max();
        let costs =
            lot.each_bid().filter_map(|(bid, _, _)| bid.fixed_cost).map(Money::decimals).max().unwrap_or(0);
        let price_digits = prices.unwrap_or(0).max(costs.saturating_sub(volume_digits));
        Self { volume_digits, price_digits }
    }

    /// A volume of so many steps.
    pub fn volume(self, steps: i128) -> Option<Quantity> {
        Quantity::from_steps(steps, self.volume_digits).ok()
    }

    /// A cost of so many steps.
    pub fn cost(self, steps: i128) -> Option<Money> {
        Money::from_steps(steps, self.volume_digits.checked_add(self.price_digits)?).ok()
    }
}

/// Builds the award model of a screened tender, one lot after the other.
///
/// # Errors
/// A lot whose class has no agreed share in the rule set, or whose numbers are too large for exact sums.
pub fn model(screened: &Screened) -> Result<AwardModel, Diagnostics> {
    let mut errors = Diagnostics::new();
    let mut lots = Vec::with_capacity(screened.lots.len());
    let offered = language::offered(screened);
    language::check(&offered)?;
    for group in groups(screened) {
        match group_model(screened, &offered, &group) {
            Ok(model) => lots.push(model),
            Err(error) => errors.push(error),
        }
    }
    if errors.is_empty() { Ok(AwardModel { lots }) } else { Err(errors) }
}

/// The lots that are decided together: each by itself where the rule set ranks.
pub fn groups(screened: &Screened) -> Vec<Group> {
    match &screened.rules.award {
        AwardRule::Ranked { .. } => {
            (0..screened.lots.len()).map(|lot| Group { lots: vec![lot], is_core: true }).collect()
        }
        AwardRule::LeastCost { .. } => language::groups(&language::offered(screened)),
    }
}

fn group_model(screened: &Screened, offered: &Offered<'_>, group: &Group) -> Result<LotModel, Diagnostic> {
    let first = group.lots.first().and_then(|at| screened.lots.get(*at));
    if let (Some(lot), true) = (first, group.is_core) {
        return lot_model(lot, &screened.rules);
    }
    let id = first.map_or("", |lot| lot.comparable.lot.id.as_str());
    let built = language::language(offered, group);
    built.map(|built| built.model).map_err(|_| Diagnostic::new(Code::ModelTooLarge).with("lot", id))
}

fn lot_model(lot: &ScreenedLot, rules: &RuleSet) -> Result<LotModel, Diagnostic> {
    let id = lot.comparable.lot.id.as_str();
    let too_large = || Diagnostic::new(Code::ModelTooLarge).with("lot", id);
    let built = match &rules.award {
        AwardRule::Ranked { .. } => {
            let shares = shares(lot, rules)?;
            ranked(lot, shares, Steps::of(lot, rules)).map(RankedLot::into_model)
        }
        AwardRule::LeastCost { limits } => core(lot, rules, &limits.rule).map(CoreLot::into_model),
    };
    match built {
        Some(Ok(model)) => Ok(model),
        _ => Err(too_large()),
    }
}

/// The agreed share for every number of winners that the lot can have; all of the base volume where the rule set agrees
/// no share.
fn shares(lot: &ScreenedLot, rules: &RuleSet) -> Result<Shares, Diagnostic> {
    let without_place = |route: Route| {
        matches!(route, Route::RevivedWithoutPlace { .. } | Route::Guaranteed | Route::RevivedAtLine { .. })
    };
    let added = lot.bids.iter().filter(|bid| without_place(bid.route));
    let most = lot.places.unwrap_or(0).saturating_add(u32::try_from(added.count()).unwrap_or(u32::MAX));
    let class = lot.comparable.lot.volume_class;
    let not_stated = || {
        Diagnostic::new(Code::ShareNotStated)
            .with("lot", lot.comparable.lot.id.as_str())
            .with("class", class.name())
            .with("rules", rules.id.as_str())
    };
    let share = |winners| match &rules.agreed_share {
        Some(rule) => rule.rule.share(class, winners).ok_or_else(not_stated),
        None => Ok(Ratio::ONE),
    };
    let stated = (1..=most).map(|winners| Ok((winners, share(winners)?))).collect::<Result<Vec<_>, _>>()?;
    let digits = stated.iter().map(|(_, share)| share.decimals()).max().unwrap_or(0);
    let in_steps = |(winners, share): (u32, Ratio)| {
        Ok(Share { winners, numerator: share.in_steps(digits).ok_or_else(not_stated)? })
    };
    Ok(Shares { by_winners: stated.into_iter().map(in_steps).collect::<Result<_, Diagnostic>>()?, digits })
}

fn ranked(lot: &ScreenedLot, shares: Shares, steps: Steps) -> Option<RankedLot> {
    let candidates = lot
        .each_bid()
        .map(|(bid, _, screened)| {
            let (order_class, shortlist_barred_by, win_barred_by) = match screened.standing {
                Standing::Excluded { rule } => (u32::MAX, Some(rule.to_owned()), None),
                Standing::Ranked { rank, fails, .. } => (rank, None, fails.map(str::to_owned)),
            };
            let (takes_no_place, without_place) = match screened.route {
                Route::Place | Route::Revived { .. } | Route::Matched { .. } | Route::Open => (None, None),
                Route::RevivedWithoutPlace { .. } => (None, wins_by(RevivalOfUnshortlisted::ID, true)),
                Route::Guaranteed => (None, wins_by(GuaranteedAtCut::ID, true)),
                Route::RevivedAtLine { .. } => (None, wins_by(RevivalAtLine::ID, true)),
                Route::WithoutVolume => {
                    let rule = SelectedWithoutVolume::ID;
                    (Some(rule.to_owned()), wins_by(rule, false))
                }
            };
            RankedCandidate {
                bid_id: bid.id.as_str().to_owned(),
                unit: screened.unit.map_or(0, Unit::place),
                order_class,
                shortlist_barred_by: shortlist_barred_by.or(takes_no_place),
                win_barred_by,
                without_place,
            }
        })
        .collect();
    Some(RankedLot {
        lot_id: lot.comparable.lot.id.as_str().to_owned(),
        candidates,
        places: lot.unit_places.clone(),
        shares: shares.by_winners,
        share_denominator: Ratio::ONE.in_steps(shares.digits)?,
        base_volume: lot.comparable.base_volume.in_steps(steps.volume_digits)?,
        rules: RankedRules {
            order: RankByComparablePrice::ID.to_owned(),
            places: PlacesByBidders::ID.to_owned(),
            award: PlacesByBidders::ID.to_owned(),
            share: AgreedShareByWinners::ID.to_owned(),
        },
    })
}

/// The rule by which a bid wins without a place.
fn wins_by(rule: &str, counts: bool) -> Option<WithoutPlace> {
    Some(WithoutPlace { rule: rule.to_owned(), counts })
}

/// The comparable price of a bid in a region: its own, unless it states another or does not offer there. A price above the
/// ceiling is no offer.
fn delivered_price(
    lot: &ScreenedLot,
    rules: &RuleSet,
    bid: &Bid,
    region: &Region,
    own: UnitPrice,
) -> Option<UnitPrice> {
    let Some(stated) = bid.regional.iter().find(|row| row.region == *region) else { return Some(own) };
    let price = stated.price?;
    let allowed = language::within_ceiling(rules, &lot.comparable.lot, bid, price);
    language::comparable(rules, bid, price).ok().filter(|_| allowed)
}

fn core(lot: &ScreenedLot, rules: &RuleSet, limits: &LeastCost) -> Option<CoreLot> {
    let steps = Steps::of(lot, rules);
    let volumes = &lot.comparable.region_volumes;
    let demand =
        volumes.values().map(|volume| volume.in_steps(steps.volume_digits)).collect::<Option<Vec<_>>>()?;
    let cost_digits = steps.volume_digits.checked_add(steps.price_digits)?;
    let mut bidders = Vec::with_capacity(lot.bids.len());
    for (bid, comparable, screened) in lot.each_bid() {
        let priced = |region: &Region| match comparable.comparable_price {
            Some(own) => match delivered_price(lot, rules, bid, region, own) {
                Some(price) => price.in_steps(steps.price_digits).map(Some),
                None => Some(None),
            },
            None => Some(None),
        };
        let in_volume_steps = |volume: Option<Quantity>| match volume {
            Some(volume) => volume.in_steps(steps.volume_digits).map(Some),
            None => Some(None),
        };
        bidders.push(CoreBidder {
            bid_id: bid.id.as_str().to_owned(),
            barred_by: match screened.standing {
                Standing::Excluded { rule } => Some(rule.to_owned()),
                Standing::Ranked { .. } => None,
            },
            capacity: in_volume_steps(bid.capacity)?,
            min_quantity: in_volume_steps(bid.min_quantity)?.unwrap_or(0),
            fixed_cost: bid.fixed_cost.unwrap_or(Money::ZERO).in_steps(cost_digits)?,
            price: volumes.keys().map(priced).collect::<Option<_>>()?,
        });
    }
    let max_share = match limits.max_share {
        Some(share) => Some(MaxShare {
            numerator: share.in_steps(share.decimals())?,
            denominator: Ratio::ONE.in_steps(share.decimals())?,
        }),
        None => None,
    };
    Some(CoreLot {
        lot_id: lot.comparable.lot.id.as_str().to_owned(),
        bidders,
        regions: volumes.keys().map(|region| region.as_str().to_owned()).collect(),
        demand,
        min_winners: limits.min_suppliers.unwrap_or(0),
        max_winners: limits.max_suppliers,
        max_share,
        rules: CoreRules {
            demand: VolumeAtLeastCost::ID.to_owned(),
            capacity: LeastCost::ID.to_owned(),
            min_quantity: LeastCost::ID.to_owned(),
            winners: LeastCost::ID.to_owned(),
            share: LeastCost::ID.to_owned(),
        },
    })
}
