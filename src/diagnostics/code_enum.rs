//! How the registry becomes the type of codes.

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident = $id:literal,)*) => {
        /// What is wrong. The first letter says error or warning; the next two digits are the group: `00` folder and files,
        /// `01` reading a file, `02` tender.toml and scenarios, `03` tables, `04` rule sets, `05` award, picks and decisions, `06` writing the
        /// report, `07` purchases and payers, `09` internal.
        /// Message, help, explanation and a wrong example are in `text/*/errors.toml` under the code's number.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code {
            $($(#[$doc])* $name,)*
        }

        impl Code {
            /// Every code, in the order of the registry.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// The number, as in `E0301`.
            pub const fn id(self) -> &'static str {
                match self {
                    $(Self::$name => $id,)*
                }
            }
        }
    };
}
