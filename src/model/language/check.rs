//! Whether the limits fit the tender and each other.

use crate::diagnostics::{Code, Diagnostic, Diagnostics, nearest};
use crate::money::UnitPrice;
use crate::rules::{AwardRule, Criterion, RuleSet};
use crate::tender::{Limit, LimitKind};

use super::input::{BidOffered, INCUMBENT, LotOffered, NEW_ENTRANT, Offered, covers};

/// Refuses limits that name what the tender does not have, limits that need what is not there, and limits that exclude
/// each other.
///
/// # Errors
/// Every such limit, at its place.
pub fn check(offered: &Offered<'_>) -> Result<(), Diagnostics> {
    let mut errors = Diagnostics::new();
    for limit in &offered.rules.limits {
        if matches!(offered.rules.award, AwardRule::Ranked { .. }) {
            errors.push(not_here(limit, "ranked"));
            continue;
        }
        names(offered, limit, &mut errors);
        if let Some(why) = misplaced(offered.rules, limit, offered) {
            errors.push(not_here(limit, why));
        }
        if matches!(limit.kind, LimitKind::SharesByRank(_)) {
            tied(offered, limit, &mut errors);
        }
    }
    if errors.is_empty() { Ok(()) } else { Err(errors) }
}

/// The reason names the way out in the text catalogue.
fn not_here(limit: &Limit, why: &'static str) -> Diagnostic {
    Diagnostic::at(Code::LimitNotHere, limit.place.clone())
        .with("name", limit.name.as_str())
        .with("kind", limit.kind.name())
        .with("why", why)
}

/// Every name in the scope must be one of the tender's.
fn names(offered: &Offered<'_>, limit: &Limit, errors: &mut Diagnostics) {
    let lots = || offered.lots.iter().map(|lot| lot.lot);
    let bids = || offered.lots.iter().flat_map(|lot| &lot.bids).map(|bid| bid.bid);
    let mut unknown = |what: &'static str, name: &str, known: Vec<&str>| {
        if !known.contains(&name) {
            let fault = Diagnostic::at(Code::LimitNameUnknown, limit.place.clone())
                .with("name", limit.name.as_str())
                .with("what", what)
                .with("value", name);
            errors.push(match nearest(name, known.iter().copied()) {
                Some(near) => fault.with("near", near),
                None => fault,
            });
        }
    };
    for lot in &limit.scope.lots {
        unknown("lots", lot.as_str(), lots().map(|lot| lot.id.as_str()).collect());
    }
    for supplier in &limit.scope.suppliers {
        unknown("suppliers", supplier.as_str(), bids().map(|bid| bid.supplier_id.as_str()).collect());
    }
    if let Some(group) = &limit.scope.group {
        unknown("group", group, lots().filter_map(|lot| lot.group.as_deref()).collect());
    }
    if let Some(unit) = &limit.scope.unit_group {
        unknown("unit_group", unit, bids().filter_map(|bid| bid.unit_group.as_deref()).collect());
    }
    if let Some(class) = &limit.scope.class {
        let stated = offered.suppliers.values().flat_map(|supplier| &supplier.classes);
        let built_in = [INCUMBENT, NEW_ENTRANT];
        unknown("class", class, stated.map(String::as_str).chain(built_in).collect());
    }
}

/// What a limit needs or excludes.
fn misplaced(rules: &RuleSet, limit: &Limit, offered: &Offered<'_>) -> Option<&'static str> {
    let here: Vec<&LotOffered<'_>> =
        offered.lots.iter().filter(|lot| covers(&limit.scope, lot.lot)).collect();
    let beside = |kind: fn(&LimitKind) -> bool| {
        rules.limits.iter().any(|other| {
            kind(&other.kind)
                && other.name != limit.name
                && here.iter().any(|lot| covers(&other.scope, lot.lot))
        })
    };
    let of_rule = match &rules.award {
        AwardRule::LeastCost { limits } => limits.rule.one_supplier_per_region,
        AwardRule::Ranked { .. } => false,
    };
    let one_supplier = of_rule || beside(|kind| *kind == LimitKind::OneSupplierPerRegion);
    let served_alone = |lot: &LotOffered<'_>| {
        let one =
            |other: &Limit| other.kind == LimitKind::OneSupplierPerRegion && covers(&other.scope, lot.lot);
        of_rule || rules.limits.iter().any(one)
    };
    // Bids of two groups can have ranks of their own.
    let ranked_twice = rules.limits.iter().any(|other| {
        let whole = !(limit.scope.is_of_some_bids() && other.scope.is_of_some_bids());
        let here = here.iter().any(|lot| covers(&other.scope, lot.lot));
        whole && here && other.name != limit.name && matches!(other.kind, LimitKind::SharesByRank(_))
    });
    let everywhere = here.iter().all(|lot| served_alone(lot));
    if let Some(why) = too_narrow(limit) {
        return Some(why);
    }
    let by_cost = match &rules.award {
        AwardRule::LeastCost { limits } => limits.rule.objectives.contains(&Criterion::Cost),
        AwardRule::Ranked { .. } => true,
    };
    match &limit.kind {
        LimitKind::Switching(_) | LimitKind::Preference(_) if !by_cost => Some("needs_cost"),
        LimitKind::Backups(_) if !everywhere => Some("needs_one_supplier"),
        LimitKind::AgreedShare(_) if one_supplier => Some("not_with_one_supplier"),
        LimitKind::AgreedShare(_) if beside(|kind| matches!(kind, LimitKind::AgreedShare(_))) => {
            Some("twice")
        }
        LimitKind::AgreedShare(_) if beside(|kind| matches!(kind, LimitKind::SharesByRank(_))) => {
            Some("not_with_shares_by_rank")
        }
        LimitKind::SharesByRank(_) if ranked_twice => Some("twice"),
        LimitKind::Reserve(_) if beside(|kind| matches!(kind, LimitKind::Reserve(_))) => Some("twice"),
        _ => None,
    }
}

/// A scope that a kind of limit does not have: some speak of a lot whoever bids, some of each lot by itself.
fn too_narrow(limit: &Limit) -> Option<&'static str> {
    let scope = &limit.scope;
    let of_some = scope.is_of_some_bids();
    let by_rank = matches!(limit.kind, LimitKind::SharesByRank(_) | LimitKind::RankMonotone);
    let one_supplier = limit.kind == LimitKind::OneSupplierPerRegion;
    let of_lots =
        matches!(limit.kind, LimitKind::Backups(_) | LimitKind::Reserve(_) | LimitKind::AgreedShare(_));
    match limit.kind {
        LimitKind::RelatedAsOne if of_some || !scope.lots.is_empty() || scope.group.is_some() => {
            Some("whole_tender")
        }
        _ if (of_lots || one_supplier) && of_some => Some("whole_lots"),
        _ if (of_lots || by_rank) && scope.together => Some("each_lot"),
        _ => None,
    }
}

/// Ranks need an order of prices.
fn tied(offered: &Offered<'_>, limit: &Limit, errors: &mut Diagnostics) {
    for lot in offered.lots.iter().filter(|lot| covers(&limit.scope, lot.lot)) {
        let ranked = |bid: &&BidOffered<'_>| offered.concerns(&limit.scope, bid.bid);
        let open = lot.bids.iter().filter(|bid| bid.barred_by.is_none()).filter(ranked);
        let mut priced: Vec<(UnitPrice, &str)> =
            open.filter_map(|bid| Some((bid.price?, bid.bid.id.as_str()))).collect();
        priced.sort_unstable();
        for pair in priced.windows(2) {
            if let [(one, first), (other, second)] = pair
                && one == other
            {
                errors.push(
                    Diagnostic::at(Code::LimitRankTied, limit.place.clone())
                        .with("name", limit.name.as_str())
                        .with("first", *first)
                        .with("second", *second),
                );
            }
        }
    }
}
