//! A lot on which a solver with floats, given one link row per bidder in raw units, calls an award "optimal" that is a
//! third too dear: 134,623,829.7544 instead of 100,816,633.9458 yuan. Prices are in 0.0001 yuan.

use jicai::certify::{CertifyFaultKind, Outcome, ProofKind, certify_lot};
use jicai::model::{Claim, CoreBidder, CoreLot, LotCandidate, LotModel, Proof, Proposal, Shape};
use jicai::solve::{Engine, EngineFault, Exact};

use crate::core::rules;
use crate::exhaustive;

const DEMAND: [i128; 30] = [
    101_365_283,
    142_703_025,
    59_946_741,
    29_111_039,
    80_198_947,
    28_721_124,
    88_700_227,
    22_825_519,
    105_317_100,
    58_138_967,
    30_631_156,
    116_563_065,
    51_004_565,
    335_902_709,
    29_301_858,
    58_088_284,
    193_667_701,
    28_658_013,
    149_806_209,
    27_627_583,
    161_930_839,
    151_250_175,
    26_918_006,
    15_638_343,
    239_710_703,
    185_765_998,
    71_665_112,
    93_237_235,
    45_731_074,
    285_541_145,
];

/// Price and capacity of each bidder.
const BIDDERS: [(i128, i128); 5] = [
    (500, 1_809_400_647),
    (400, 1_809_400_647),
    (300, 1_809_400_647),
    (400, 433_997_534),
    (300, 424_923_029),
];

pub const BEST: i128 = 1_008_166_339_458;
const WRONG: i128 = 1_346_238_297_544;

pub fn lot() -> LotModel {
    let bidder = |(b, &(price, capacity)): (usize, &(i128, i128))| CoreBidder {
        bid_id: format!("B{b}"),
        barred_by: None,
        capacity: Some(capacity),
        min_quantity: 150_783_388,
        fixed_cost: 8_443_869_686,
        price: vec![Some(price); DEMAND.len()],
    };
    let lot = CoreLot {
        lot_id: "aggregate-link".into(),
        bidders: BIDDERS.iter().enumerate().map(bidder).collect(),
        regions: (0..DEMAND.len()).map(|r| format!("R{r}")).collect(),
        demand: DEMAND.to_vec(),
        min_winners: 0,
        max_winners: Some(4),
        max_share: None,
        rules: rules(),
    };
    lot.into_model().unwrap()
}

/// The award in which each bidder delivers so much, region after region.
fn award(model: &LotModel, volumes: [i128; 5]) -> Proposal {
    let Shape::Core(lot) = &model.shape else { panic!("not a core lot") };
    let layout = lot.layout();
    let mut values = vec![0; model.columns.len()];
    let mut needs = DEMAND;
    for (b, volume) in volumes.into_iter().enumerate() {
        values[b] = i128::from(volume > 0);
        let mut has = volume;
        for (r, need) in needs.iter_mut().enumerate() {
            let given = has.min(*need);
            (has, *need) = (has - given, *need - given);
            values[layout.delivers[b][r].unwrap()] = given;
        }
    }
    let objective = exhaustive::objective(model, &values);
    Proposal { values, objective }
}

#[test]
fn the_exact_engine_finds_and_proves_the_optimum() {
    let model = lot();
    let certified = certify_lot(&model, &Exact::default().solve(&model).unwrap()).unwrap();
    assert_eq!(certified.objective(), Some(BEST));
    assert_eq!(certified.proof(), ProofKind::Exact);
    assert_eq!(certified.outcome(), &Outcome::Awarded);
}

#[cfg(feature = "solver")]
#[test]
fn the_linear_engine_finds_the_optimum() {
    let model = lot();
    let linear = jicai::solve::Linear.solve(&model).unwrap();
    assert_eq!(linear.best.as_ref().unwrap().objective, BEST);
    let exact = Exact::default().solve(&model).unwrap();
    jicai::solve::agree(&model, ("exact", &exact), ("linear", &linear)).unwrap();
}

/// An engine that says what it was told to say, with the proof of the exact engine.
struct Planted(Proposal);

impl Engine for Planted {
    fn name(&self) -> &'static str {
        "planted"
    }

    fn solve(&self, lot: &LotModel) -> Result<LotCandidate, EngineFault> {
        let exact = Exact::default().solve(lot)?;
        Ok(LotCandidate { best: Some(self.0.clone()), others: Vec::new(), ..exact })
    }
}

fn refused(model: &LotModel, award: Proposal) -> CertifyFaultKind {
    certify_lot(model, &Planted(award).solve(model).unwrap()).unwrap_err().kind
}

#[test]
fn a_planted_engine_is_refused() {
    let model = lot();
    let total: i128 = DEMAND.iter().sum();
    let least = 150_783_388;
    // The award that costs 134,623,829.7544: feasible, and far from the best.
    let dear = (WRONG - 4 * 8_443_869_686) / 100 - 4 * total + least;
    let wrong = award(&model, [dear, total - dear - 2 * least, least, least, 0]);
    assert!(exhaustive::feasible(&model, &wrong.values));
    assert_eq!(wrong.objective, WRONG);
    assert_eq!(refused(&model, wrong), CertifyFaultKind::NotProved { bound: Box::new(Some(BEST)) });
    // The second best: one step moved from a cheap to a dear bidder.
    let best = Exact::default().solve(&model).unwrap().best.unwrap();
    let delivered = |b: usize| -> i128 { best.values[5 + 30 * b..35 + 30 * b].iter().sum() };
    let mut volumes = [0, 1, 2, 3, 4].map(delivered);
    assert_eq!(award(&model, volumes).objective, BEST);
    volumes = [volumes[0], volumes[1] + 1, volumes[2] - 1, volumes[3], volumes[4]];
    let second = award(&model, volumes);
    assert!(exhaustive::feasible(&model, &second.values));
    assert_eq!(second.objective, BEST + 100);
    assert!(matches!(refused(&model, second), CertifyFaultKind::NotProved { .. }));
    // More than a bidder can deliver.
    volumes = [volumes[0], 0, total - volumes[0] - volumes[3] - volumes[4], volumes[3], volumes[4]];
    let broken = refused(&model, award(&model, volumes));
    assert!(
        matches!(broken, CertifyFaultKind::RowBroken { ref rule, .. } if rule == "capacity"),
        "{broken:?}"
    );
    // A cost that is not what the award comes to.
    let mut cheaper = best.clone();
    cheaper.objective -= 1;
    assert!(matches!(refused(&model, cheaper), CertifyFaultKind::Objective { .. }));
    // The right award without a proof, and an award where "no award" is claimed.
    let bare = LotCandidate { proof: Proof::default(), ..Exact::default().solve(&model).unwrap() };
    assert_eq!(certify_lot(&model, &bare).unwrap_err().kind, CertifyFaultKind::ProofIncomplete);
    let none = LotCandidate { claim: Claim::NoAward, ..Exact::default().solve(&model).unwrap() };
    assert_eq!(certify_lot(&model, &none).unwrap_err().kind, CertifyFaultKind::Claim);
}

#[test]
fn a_planted_award_is_refused_where_the_lot_is_columns_and_rows_only() {
    let core = lot();
    let model = crate::general::general(core.clone());
    let exact = Exact::default().solve(&model).unwrap();
    let certified = certify_lot(&model, &exact).unwrap();
    assert_eq!((certified.objective(), certified.outcome()), (Some(BEST), &Outcome::Awarded));
    let refused = |best: Proposal| {
        let planted = LotCandidate { best: Some(best), others: Vec::new(), ..exact.clone() };
        certify_lot(&model, &planted).unwrap_err().kind
    };
    let total: i128 = DEMAND.iter().sum();
    let least = 150_783_388;
    let dear = (WRONG - 4 * 8_443_869_686) / 100 - 4 * total + least;
    let wrong = award(&core, [dear, total - dear - 2 * least, least, least, 0]);
    assert_eq!(wrong.objective, WRONG);
    assert_eq!(refused(wrong), CertifyFaultKind::NotProved { bound: Box::new(Some(BEST)) });
    let best = exact.best.clone().unwrap();
    let delivered = |b: usize| -> i128 { best.values[5 + 30 * b..35 + 30 * b].iter().sum() };
    let volumes = [0, 1, 2, 3, 4].map(delivered);
    let second = award(&core, [volumes[0], volumes[1] + 1, volumes[2] - 1, volumes[3], volumes[4]]);
    assert_eq!(second.objective, BEST + 100);
    assert!(matches!(refused(second), CertifyFaultKind::NotProved { .. }));
    let more = total - volumes[0] - volumes[3] - volumes[4];
    let broken = refused(award(&core, [volumes[0], 0, more, volumes[3], volumes[4]]));
    assert!(matches!(broken, CertifyFaultKind::RowBroken { .. }), "{broken:?}");
}
