//! Comparable prices.
