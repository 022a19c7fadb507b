//! The data of a tender; no logic.
