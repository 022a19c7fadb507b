//! Ids are text, and each kind is its own type.

use std::fmt;

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(String);

        impl $name {
            /// From the text in a file.
            pub fn new(text: impl Into<String>) -> Self {
                Self(text.into())
            }

            /// The text in the file.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(&self.0)
            }
        }
    };
}

id!(
    /// A lot (采购单元).
    LotId
);
id!(
    /// A supplier (企业).
    SupplierId
);
id!(
    /// A bid (申报); `lot_id/supplier_id` unless the file names it.
    BidId
);
id!(
    /// Who owns a supplier (实际控制人); related suppliers share one.
    ControllerId
);
id!(
    /// A supply region (供应地区).
    Region
);
