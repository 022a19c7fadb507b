//! Tests of the registry of codes.

use std::collections::BTreeSet;

use super::*;
use crate::text::{Language, find, keys_under};

#[test]
fn every_code_has_every_text_and_every_text_a_code() {
    let numbers: BTreeSet<&str> = Code::ALL.iter().map(|code| code.id()).collect();
    assert_eq!(numbers.len(), Code::ALL.len(), "a number is used twice");
    for language in Language::ALL {
        for code in Code::ALL {
            for part in ["message", "help", "explanation", "example"] {
                assert!(find(language, &code.text_key(part)).is_some(), "{} {part} {language:?}", code.id());
            }
        }
        for key in keys_under(language, "errors.") {
            let number = key.split('.').next().unwrap_or("");
            assert!(number == "word" || numbers.contains(number), "{key} in {language:?}");
        }
    }
}

#[test]
fn numbers_are_in_order_and_well_formed() {
    for code in Code::ALL {
        let id = code.id();
        let digits = id.strip_prefix(['E', 'W']).unwrap();
        assert!(digits.len() == 4 && digits.bytes().all(|byte| byte.is_ascii_digit()), "{id}");
        assert_eq!(Code::from_id(&id.to_lowercase()), Some(*code));
    }
}
