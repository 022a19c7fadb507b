//! Every solver that the program is built with, on the same lots.

use jicai::certify::certify_lot;
use jicai::solve::{Engine, Exact, agree};

use crate::core::random_lot;
use crate::general::random_programme;
use crate::random::Random;

fn backends() -> Vec<Box<dyn Engine>> {
    vec![
        Box::new(jicai::solve::Linear),
        #[cfg(feature = "cbc")]
        Box::new(jicai::solve::Cbc::default()),
        #[cfg(feature = "highs")]
        Box::new(jicai::solve::Highs::default()),
    ]
}

#[test]
fn every_backend_finds_the_optimum_of_the_aggregate_link() {
    let model = crate::aggregate_link::lot();
    let exact = Exact::default().solve(&model).unwrap();
    for backend in backends() {
        let found = backend.solve(&model).unwrap();
        assert_eq!(found.best.as_ref().map(|best| best.objective), Some(crate::aggregate_link::BEST));
        agree(&model, ("exact", &exact), (backend.name(), &found)).unwrap();
    }
}

#[test]
fn every_backend_agrees_with_the_exact_engine() {
    let mut random = Random(41);
    for round in 0..600 {
        let model = match round % 3 {
            0 => random_lot(&mut random, 4, 3, 3).into_model().unwrap(),
            1 => random_lot(&mut random, 8, 5, 5_000).into_model().unwrap(),
            _ => {
                let mut model = random_programme(&mut random);
                model.columns.iter_mut().for_each(|column| column.integer = true);
                model
            }
        };
        let exact = Exact::default().solve(&model).unwrap();
        certify_lot(&model, &exact).unwrap();
        for backend in backends() {
            let found = backend.solve(&model).unwrap_or_else(|fault| panic!("{round} {fault:?}"));
            agree(&model, ("exact", &exact), (backend.name(), &found)).unwrap();
        }
    }
}
