//! Which lots of a random tender are decided together, and by which limits.

use super::tender::{Bid, Kind, Limit, Stated, Tender};

/// Lots that are decided together.
pub struct Together<'a> {
    pub tender: &'a Tender,
    pub limits: Vec<&'a Limit>,
    pub lots: Vec<usize>,
    /// Steps of a stated unit of volume.
    pub fine: i64,
    pub as_one: bool,
}

/// Whether a list of shares has parts of ten.
fn tenths(shares: &[i64]) -> bool {
    shares.iter().any(|share| share % 10 != 0)
}

impl Tender {
    pub fn covers(&self, limit: &Limit, lot: usize) -> bool {
        limit.group.is_none_or(|group| self.lots[lot].group == group)
            && (limit.lots.is_empty() || limit.lots.contains(&lot))
    }

    pub fn concerns(&self, limit: &Limit, bid: &Bid) -> bool {
        let supplier = &self.suppliers[bid.supplier];
        let of_class = match limit.class {
            None => true,
            Some("incumbent") => supplier.incumbent == Some(true),
            Some("new-entrant") => supplier.incumbent == Some(false),
            Some("small") => supplier.small,
            Some(_) => supplier.local,
        };
        of_class
            && (limit.suppliers.is_empty() || limit.suppliers.contains(&bid.supplier))
            && (limit.unit.is_none() || limit.unit == bid.unit)
    }

    /// The limits that hold.
    pub fn limits_in_force(&self) -> Vec<&Limit> {
        self.limits.iter().filter(|limit| limit.stated != Stated::Lifted).collect()
    }

    /// Lots that are decided together.
    pub fn parts(&self) -> Vec<Together<'_>> {
        let all: Vec<usize> = (0..self.lots.len()).collect();
        let mut ties: Vec<Vec<usize>> = Vec::new();
        ties.extend(self.packages.iter().map(|package| package.bids.iter().map(|bid| bid.0).collect()));
        for (at, supplier) in self.suppliers.iter().enumerate() {
            if supplier.most_volume.is_some() || supplier.most_value.is_some() {
                let bids = |lot: &&usize| self.lots[**lot].bids.iter().any(|bid| bid.supplier == at);
                ties.push(all.iter().filter(bids).copied().collect());
            }
        }
        let limits = self.limits_in_force();
        for limit in &limits {
            if limit.together || matches!(limit.kind, Kind::LotsPerSupplier(_)) {
                ties.push(all.iter().filter(|lot| self.covers(limit, **lot)).copied().collect());
            }
        }
        let mut part_of = all.clone();
        for tie in ties {
            let joined: Vec<usize> = tie.iter().map(|lot| part_of[*lot]).collect();
            let first = joined.iter().min().copied().unwrap_or(0);
            part_of.iter_mut().filter(|part| joined.contains(part)).for_each(|part| *part = first);
        }
        let part = |first: usize| {
            let lots: Vec<usize> = all.iter().filter(|lot| part_of[**lot] == first).copied().collect();
            self.together(lots, &limits)
        };
        all.iter().filter(|lot| part_of[**lot] == **lot).map(|lot| part(*lot)).collect()
    }

    pub fn together<'a>(&'a self, lots: Vec<usize>, limits: &[&'a Limit]) -> Together<'a> {
        let here = |limit: &&&Limit| lots.iter().any(|lot| self.covers(limit, *lot));
        let limits: Vec<&Limit> = limits.iter().filter(here).copied().collect();
        let as_one = limits.iter().any(|limit| limit.kind == Kind::RelatedAsOne);
        let reserve = limits.iter().any(|limit| matches!(limit.kind, Kind::Reserve(_)));
        let parts = limits.iter().any(|limit| match &limit.kind {
            Kind::AgreedShare(shares) => tenths(shares),
            Kind::SharesByRank(lists) => lists.iter().any(|list| tenths(list)),
            _ => false,
        });
        let fine = if reserve { 10 } else { 1 } * if parts { 10 } else { 1 };
        Together { tender: self, limits, lots, fine, as_one }
    }
}

impl Together<'_> {
    /// Who a supplier counts as.
    pub fn party(&self, supplier: usize) -> usize {
        // Controllers are counted apart from suppliers.
        if self.as_one { 100 + self.tender.suppliers[supplier].controller } else { supplier }
    }
}
