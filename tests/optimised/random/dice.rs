//! Numbers from a seed.

/// A small generator of numbers (Knuth's constants); the same seed gives the same numbers.
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(2_862_933_555_777_941_757).wrapping_add(3_037_000_493))
    }

    /// A number below `sides`.
    pub fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from((self.0 >> 33) % (sides as u64)).unwrap()
    }

    /// A number from `from` to `to`.
    pub fn number(&mut self, from: i64, to: i64) -> i64 {
        from + i64::try_from(self.roll(usize::try_from(to - from + 1).unwrap())).unwrap()
    }

    /// True once in `of`.
    pub fn chance(&mut self, of: usize) -> bool {
        self.roll(of) == 0
    }

    /// One of them.
    pub fn one<T: Copy>(&mut self, all: &[T]) -> T {
        all[self.roll(all.len())]
    }
}
