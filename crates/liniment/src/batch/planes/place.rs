//! Where the blocks of steps stand while somebody needs them.

use liniment_planes::{Placed, Slot, Step};

/// Gives each step a place that nobody reads any more: the fewer there are, the more of the rows has room in the nearest
/// cache. What is wanted keeps its place; what nobody reads is left out.
pub(super) fn place(mut steps: Vec<Step>, wanted: &mut [Slot]) -> Vec<Placed> {
    // By step, which reads it last.
    let mut read_last: Vec<Option<usize>> = vec![None; steps.len()];
    for slot in wanted.iter() {
        if let Some(last) = read_last.get_mut(slot.index()) {
            *last = Some(usize::MAX);
        }
    }
    for (number, step) in steps.iter_mut().enumerate().rev() {
        if read_last.get(number).is_some_and(Option::is_some) {
            for slot in step.slots_mut() {
                if let Some(last) = read_last.get_mut(slot.index()) {
                    last.get_or_insert(number);
                }
            }
        }
    }
    let mut places: Vec<Slot> = Vec::with_capacity(steps.len());
    let mut free: Vec<Slot> = Vec::new();
    let mut next = 0;
    let mut placed = Vec::new();
    for (number, mut step) in steps.into_iter().enumerate() {
        if read_last.get(number).is_none_or(Option::is_none) {
            places.push(Slot(u32::MAX));
            continue;
        }
        for slot in step.slots_mut() {
            let last = read_last.get_mut(slot.index());
            let is_last = last
                .and_then(|last| last.take_if(|last| *last == number))
                .is_some();
            *slot = now(&places, *slot);
            // A step has read all before it writes.
            if is_last {
                free.push(*slot);
            }
        }
        let into = free.pop().unwrap_or_else(|| {
            next += 1;
            Slot(next - 1)
        });
        places.push(into);
        placed.push(Placed { step, into });
    }
    for slot in wanted {
        *slot = now(&places, *slot);
    }
    placed
}

fn now(places: &[Slot], slot: Slot) -> Slot {
    places.get(slot.index()).copied().unwrap_or(Slot(u32::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_used_again_when_nobody_reads_it_any_more() {
        let steps = vec![
            Step::Yes(0),
            Step::Yes(1),
            Step::Yes(2),
            Step::Both([Slot(0), Slot(1)]),
            Step::Not(Slot(2)),
            Step::Odd(vec![Slot(3), Slot(3)]),
            Step::Either([Slot(5), Slot(0)]),
        ];
        let mut wanted = [Slot(6), Slot(0)];
        let placed = place(steps, &mut wanted);
        let expected = [
            (Step::Yes(0), 0),
            (Step::Yes(1), 1),
            // Nobody reads `Yes(2)`, since nobody reads what it is not.
            (Step::Both([Slot(0), Slot(1)]), 1),
            (Step::Odd(vec![Slot(1), Slot(1)]), 1),
            (Step::Either([Slot(1), Slot(0)]), 1),
        ];
        let expected = expected.map(|(step, into)| Placed {
            step,
            into: Slot(into),
        });
        assert_eq!(placed, expected);
        assert_eq!(wanted, [Slot(1), Slot(0)]);
    }
}
