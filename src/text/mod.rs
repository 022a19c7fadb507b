//! All text that users see, one folder per language.
