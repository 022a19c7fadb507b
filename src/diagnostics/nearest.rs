//! "Did you mean …".

/// The candidate nearest to `word`, when one is near enough to be what was meant.
///
/// Nearness is the Damerau-Levenshtein distance, at most a third of the longer word; of equally near ones the first in
/// the order of the alphabet, so that the order of the candidates does not matter.
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let word = word.to_lowercase();
    candidates
        .into_iter()
        .filter_map(|candidate| {
            let distance = strsim::damerau_levenshtein(&word, &candidate.to_lowercase());
            let longer = word.chars().count().max(candidate.chars().count());
            (distance.saturating_mul(3) <= longer).then_some((distance, candidate))
        })
        .min()
        .map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_words_are_found_and_far_ones_are_not() {
        let columns = ["price", "spec", "supplier_id", "采购单元编号"];
        assert_eq!(nearest("prcie", columns), Some("price"));
        assert_eq!(nearest("Suplier_ID", columns), Some("supplier_id"));
        assert_eq!(nearest("采购单元编码", columns), Some("采购单元编号"));
        assert_eq!(nearest("colour", columns), None);
    }
}
