//! Ids that a link can name.

use std::fmt::Write as _;

use crate::tender::{BidId, LotId};

/// The anchor of a lot's section.
pub(super) fn lot(id: &LotId) -> String {
    format!("lot-{}", safe(id.as_str()))
}

/// The anchor of a bid's row with its steps.
pub(super) fn bid(id: &BidId) -> String {
    format!("bid-{}", safe(id.as_str()))
}

/// The anchor of a rule's row.
pub(super) fn rule(id: &str) -> String {
    format!("rule-{id}")
}

/// The anchor of a source by its number.
pub(super) fn source(number: usize) -> String {
    format!("s{number}")
}

/// Letters, digits and a few marks stay; the bytes of everything else are written as `~` and two digits, so that two
/// ids never share an anchor and none can leave its attribute.
fn safe(id: &str) -> String {
    id.chars().fold(String::with_capacity(id.len()), |mut safe, character| {
        if character.is_alphanumeric() || "-_./".contains(character) {
            safe.push(character);
        } else {
            for byte in character.to_string().bytes() {
                let _ = write!(safe, "~{byte:02x}");
            }
        }
        safe
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn anchors_are_safe_and_differ_where_ids_differ() {
        assert_eq!(bid(&BidId::new("L01/qilu-1")), "bid-L01/qilu-1");
        assert_eq!(lot(&LotId::new("采购 1")), "lot-采购~201");
        assert_eq!(lot(&LotId::new("\"><b>~")), "lot-~22~3e~3cb~3e~7e");
        assert_ne!(lot(&LotId::new("a b")), lot(&LotId::new("a~20b")));
    }
}
