//! Values by a count, such as places by number of bidders.

/// A value for every count from 1 on; the last row is open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table<V> {
    rows: Vec<V>,
    last: V,
}

impl<V> Table<V> {
    /// Rows for 1, 2, …, and `last` for every count beyond them.
    pub fn new(rows: Vec<V>, last: V) -> Self {
        Self { rows, last }
    }

    /// The same value for every count.
    pub fn constant(value: V) -> Self {
        Self { rows: Vec::new(), last: value }
    }

    /// The value at `count`; there is none at 0.
    pub fn at(&self, count: u32) -> Option<&V> {
        let row = usize::try_from(count.checked_sub(1)?).ok()?;
        Some(self.rows.get(row).unwrap_or(&self.last))
    }

    /// The rows as they are written: `1`, `2`, …, and the last with a `+`.
    pub fn rows(&self) -> Vec<(String, &V)> {
        let first_open = self.rows.len().saturating_add(1);
        let closed = self.rows.iter().zip(1_usize..).map(|(value, count)| (count.to_string(), value));
        closed.chain(std::iter::once((format!("{first_open}+"), &self.last))).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_count_from_one_on_has_a_value() {
        let table = Table::new(vec![1, 2], 2);
        assert_eq!(
            [0, 1, 2, 3, 1000].map(|count| table.at(count).copied()),
            [None, Some(1), Some(2), Some(2), Some(2)]
        );
        assert_eq!(Table::constant(7).at(1), Some(&7));
        let rows: Vec<String> =
            table.rows().into_iter().map(|(count, value)| format!("{count}={value}")).collect();
        assert_eq!(rows, ["1=1", "2=2", "3+=2"]);
    }
}
