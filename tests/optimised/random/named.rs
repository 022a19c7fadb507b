//! Who a report names as backups of the regions of a random tender, against what the limits ask.

use std::collections::{BTreeMap, BTreeSet};

use jicai::allocate::{Allocation, LotAllocation};
use jicai::certify::CertifiedAward;
use jicai::tender::Role;

use super::tender::{Kind, Stated, Tender};

impl Tender {
    /// The first region whose backups are not those of the limits. Lots in which a package has a price of its own are left
    /// to the check of reports.
    pub fn misnamed(&self, award: &CertifiedAward, allocation: &Allocation) -> Option<String> {
        for (at, ((screened, _), given)) in award.lots().zip(&allocation.lots).enumerate() {
            let bids = &screened.comparable.lot.bids;
            let own = |place: usize| {
                let id = bids[place].id.as_str();
                (0..self.lots[at].bids.len()).find(|own| Self::bid_id(at, *own) == id).unwrap()
            };
            let packed = |package: &super::tender::Package| {
                package.bids.iter().any(|(lot, _, price)| *lot == at && price.is_some())
            };
            if self.packages.iter().any(packed) {
                continue;
            }
            let mut named: BTreeMap<&str, BTreeSet<(String, usize)>> = BTreeMap::new();
            for row in given.regions.iter().filter(|row| matches!(row.role, Role::Backup(_))) {
                named.entry(row.region.as_str()).or_default().insert((row.role.name(), own(row.bid)));
            }
            for region in given.regions.iter().map(|row| row.region.as_str()).collect::<BTreeSet<_>>() {
                let found = named.remove(region).unwrap_or_default();
                let wanted = self.backups(at, region, given, &own);
                if found != wanted {
                    return Some(format!("L{at} {region}: {found:?} named, not {wanted:?}"));
                }
            }
        }
        None
    }

    /// Who must be named in a region, as what.
    fn backups(
        &self,
        at: usize,
        region: &str,
        given: &LotAllocation,
        own: &dyn Fn(usize) -> usize,
    ) -> BTreeSet<(String, usize)> {
        let in_force = || self.limits.iter().filter(|limit| limit.stated != Stated::Lifted);
        let asked = in_force().filter(|limit| self.covers(limit, at)).map(|limit| match limit.kind {
            Kind::Backups(count) => count,
            _ => 0,
        });
        let asked = asked.max().unwrap_or(0);
        let as_one = in_force().any(|limit| limit.kind == Kind::RelatedAsOne);
        let lot = &self.lots[at];
        let party = |bid: usize| match lot.bids[bid].supplier {
            supplier if as_one => self.suppliers[supplier].controller,
            supplier => supplier,
        };
        let mains =
            given.regions.iter().filter(|row| row.role == Role::Main && row.region.as_str() == region);
        let mains: BTreeSet<usize> = mains.map(|row| party(own(row.bid))).collect();
        let number: usize = region[1..].parse().unwrap();
        let mut offers: Vec<(i64, usize)> = Vec::new();
        for winner in &given.winners {
            let (bid, volume) = (own(winner.bid), winner.agreed_volume.in_steps(6).unwrap());
            if !mains.contains(&party(bid)) && lot.offers(&lot.bids[bid], number) {
                offers.push((self.asked(lot, &lot.bids[bid], (number, volume)).unwrap(), bid));
            }
        }
        let mut named = BTreeSet::new();
        for (price, bid) in &offers {
            let own_cheaper = offers.iter().any(|(other, of)| party(*of) == party(*bid) && other < price);
            let cheaper = offers.iter().filter(|(other, _)| other < price).map(|(_, of)| party(*of));
            let place = 1 + i64::try_from(cheaper.collect::<BTreeSet<_>>().len()).unwrap();
            if !own_cheaper && place <= asked {
                named.insert((format!("backup-{place}"), *bid));
            }
        }
        named
    }
}
