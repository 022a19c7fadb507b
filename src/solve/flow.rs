//! Least-cost flow in whole numbers: successive shortest paths with potentials (Edmonds and Karp 1972; Tomizawa 1971).
//!
//! Sums saturate instead of failing: the limits that the model sets on its numbers keep them far from the edge, and a
//! wrong answer would be refused by the certificate.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// A network of arcs with capacities and costs.
#[derive(Debug, Default)]
pub(super) struct Network {
    arcs: Vec<Arc>,
    leaving: Vec<Vec<usize>>,
}

/// One direction of an arc. Each arc has a twin in the other direction, beside it.
#[derive(Debug)]
struct Arc {
    to: usize,
    left: i128,
    cost: i128,
}

impl Network {
    /// A network of so many nodes.
    pub(super) fn new(nodes: usize) -> Self {
        Self { arcs: Vec::new(), leaving: vec![Vec::new(); nodes] }
    }

    /// Adds an arc and returns its number.
    pub(super) fn arc(&mut self, from: usize, to: usize, capacity: i128, cost: i128) -> usize {
        let number = self.arcs.len();
        for (leaves, enters, left, cost) in [(from, to, capacity, cost), (to, from, 0, cost.saturating_neg())]
        {
            if let Some(leaving) = self.leaving.get_mut(leaves) {
                leaving.push(self.arcs.len());
            }
            self.arcs.push(Arc { to: enters, left, cost });
        }
        number
    }

    /// What an arc carries: what its twin can send back.
    pub(super) fn carried(&self, arc: usize) -> i128 {
        self.arcs.get(twin(arc)).map_or(0, |twin| twin.left)
    }

    /// Sends an amount at least cost and returns the nodes' potentials; `None` when so much cannot be sent.
    pub(super) fn send(&mut self, source: usize, sink: usize, amount: i128) -> Option<Vec<i128>> {
        let mut potential = self.first_potentials(source);
        let mut open = amount;
        while open > 0 {
            let (distance, by) = self.shortest(source, sink, &potential);
            let to_sink = distance.get(sink).copied().flatten()?;
            for (node, far) in potential.iter_mut().zip(&distance) {
                *node = node.saturating_add(far.map_or(to_sink, |far| far.min(to_sink)));
            }
            open = open.saturating_sub(self.push_along(source, sink, &by, open)?);
        }
        Some(potential)
    }

    /// Distances from the source where costs may be negative (Bellman 1958).
    fn first_potentials(&self, source: usize) -> Vec<i128> {
        let mut distance: Vec<Option<i128>> = vec![None; self.leaving.len()];
        if let Some(start) = distance.get_mut(source) {
            *start = Some(0);
        }
        for _ in 0..self.leaving.len() {
            let mut shorter = false;
            for (node, leaving) in self.leaving.iter().enumerate() {
                let Some(far) = distance.get(node).copied().flatten() else { continue };
                for arc in leaving.iter().filter_map(|&a| self.arcs.get(a)).filter(|arc| arc.left > 0) {
                    let through = far.saturating_add(arc.cost);
                    if let Some(place) = distance.get_mut(arc.to)
                        && place.is_none_or(|old| through < old)
                    {
                        *place = Some(through);
                        shorter = true;
                    }
                }
            }
            if !shorter {
                break;
            }
        }
        let furthest = distance.iter().copied().flatten().max().unwrap_or(0);
        distance.into_iter().map(|far| far.unwrap_or(furthest)).collect()
    }

    /// Distances from the source at costs reduced by the potentials (Dijkstra 1959), and the arc by which each node is
    /// reached. Nodes further away than the sink are not looked into.
    fn shortest(
        &self,
        source: usize,
        sink: usize,
        potential: &[i128],
    ) -> (Vec<Option<i128>>, Vec<Option<usize>>) {
        let nodes = self.leaving.len();
        let (mut distance, mut by) = (vec![None; nodes], vec![None; nodes]);
        let mut reached = BinaryHeap::from([Reverse((0_i128, source))]);
        if let Some(start) = distance.get_mut(source) {
            *start = Some(0);
        }
        let at = |node: usize| potential.get(node).copied().unwrap_or(0);
        while let Some(Reverse((far, node))) = reached.pop().filter(|nearest| nearest.0.1 != sink) {
            if distance.get(node) != Some(&Some(far)) {
                continue;
            }
            let from = far.saturating_add(at(node));
            for &number in self.leaving.get(node).into_iter().flatten() {
                let Some(arc) = self.arcs.get(number).filter(|arc| arc.left > 0) else { continue };
                let through = from.saturating_add(arc.cost).saturating_sub(at(arc.to));
                if let (Some(place), Some(by)) = (distance.get_mut(arc.to), by.get_mut(arc.to))
                    && place.is_none_or(|old| through < old)
                {
                    (*place, *by) = (Some(through), Some(number));
                    reached.push(Reverse((through, arc.to)));
                }
            }
        }
        (distance, by)
    }

    /// Sends as much as fits, at most `open`, along the shortest path; `None` when the sink was not reached.
    fn push_along(&mut self, source: usize, sink: usize, by: &[Option<usize>], open: i128) -> Option<i128> {
        let mut path = Vec::new();
        let mut node = sink;
        while node != source {
            let arc = by.get(node).copied().flatten()?;
            path.push(arc);
            node = self.arcs.get(twin(arc))?.to;
        }
        let narrowest = path.iter().filter_map(|&arc| self.arcs.get(arc)).map(|arc| arc.left).min();
        let push = narrowest?.min(open);
        for arc in path {
            if let Some(forth) = self.arcs.get_mut(arc) {
                forth.left = forth.left.saturating_sub(push);
            }
            if let Some(back) = self.arcs.get_mut(twin(arc)) {
                back.left = back.left.saturating_add(push);
            }
        }
        Some(push)
    }
}

fn twin(arc: usize) -> usize {
    arc ^ 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sends_at_least_cost_and_says_when_it_cannot() {
        let mut network = Network::new(4);
        let cheap = network.arc(0, 1, 3, -2);
        let dear = network.arc(0, 2, 9, 4);
        network.arc(1, 3, 5, 1);
        let cross = network.arc(2, 1, 9, 1);
        network.arc(2, 3, 2, 7);
        let potential = network.send(0, 3, 6).unwrap();
        assert_eq!((network.carried(cheap), network.carried(dear), network.carried(cross)), (3, 3, 2));
        assert_eq!(potential[3] - potential[0], 11);
        assert!(network.send(0, 3, 9).is_none());
    }
}
