//! Circles in what leads to what.

use crate::compact_sort::CompactSort;

/// One circle of each knot of a graph: the numbers along it, the first not repeated.
///
/// Each starts with its smallest number, so that the same graph always gives the same circles.
pub(super) fn find(edges: &[Vec<usize>]) -> Vec<Vec<usize>> {
    #[derive(Clone, Copy, PartialEq, Eq)]
    enum Mark {
        New,
        Open,
        Done,
    }
    let mut marks = vec![Mark::New; edges.len()];
    let mut circles = Vec::new();
    let set = |marks: &mut Vec<Mark>, number: usize, mark: Mark| {
        if let Some(place) = marks.get_mut(number) {
            *place = mark;
        }
    };
    for start in 0..edges.len() {
        if marks.get(start) != Some(&Mark::New) {
            continue;
        }
        // The path so far, each with the number of its next edge; recursion could run out of stack.
        let mut path: Vec<(usize, usize)> = vec![(start, 0)];
        set(&mut marks, start, Mark::Open);
        while let Some((number, edge)) = path.last_mut() {
            let Some(next) = edges.get(*number).and_then(|list| list.get(*edge)).copied() else {
                set(&mut marks, *number, Mark::Done);
                path.pop();
                continue;
            };
            *edge += 1;
            match marks.get(next) {
                Some(Mark::New) => {
                    set(&mut marks, next, Mark::Open);
                    path.push((next, 0));
                }
                Some(Mark::Open) => {
                    let mut circle: Vec<usize> = path
                        .iter()
                        .map(|(number, _)| *number)
                        .skip_while(|number| *number != next)
                        .collect();
                    let smallest = circle
                        .iter()
                        .enumerate()
                        .min_by_key(|(_, number)| **number)
                        .map_or(0, |(place, _)| place);
                    circle.rotate_left(smallest);
                    circles.push(circle);
                }
                _ => {}
            }
        }
    }
    circles.compact_sort();
    circles.dedup();
    circles
}

/// `a → b → a`.
pub(super) fn path<'a>(circle: &[usize], id: impl Fn(usize) -> &'a str) -> String {
    circle
        .iter()
        .chain(circle.first())
        .map(|number| format!("`{}`", id(*number)))
        .collect::<Vec<_>>()
        .join(" → ")
}

/// Each number of a circle with the one that follows it.
pub(super) fn steps(circle: &[usize]) -> impl Iterator<Item = (usize, usize)> + '_ {
    circle
        .iter()
        .copied()
        .zip(circle.iter().skip(1).chain(circle.first()).copied())
}

/// The numbers in such an order that each stands after those it leads to; `None` in a circle.
pub(super) fn inside_out(edges: &[Vec<usize>]) -> Vec<usize> {
    let mut order = Vec::with_capacity(edges.len());
    let mut seen = vec![false; edges.len()];
    for start in 0..edges.len() {
        let mut path: Vec<(usize, usize)> = Vec::new();
        if !std::mem::replace(seen.get_mut(start).unwrap_or(&mut true), true) {
            path.push((start, 0));
        }
        while let Some((number, edge)) = path.last_mut() {
            let Some(next) = edges.get(*number).and_then(|list| list.get(*edge)).copied() else {
                order.push(*number);
                path.pop();
                continue;
            };
            *edge += 1;
            if !std::mem::replace(seen.get_mut(next).unwrap_or(&mut true), true) {
                path.push((next, 0));
            }
        }
    }
    order
}
