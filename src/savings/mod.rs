//! Savings against stated baselines.
