//! The nearest name: what an author probably meant.

/// Names longer than this are not compared: nobody mistypes them by a letter, and comparing costs.
const LONGEST: usize = 100;

/// The candidate that is most like `name`, if one is like enough. Equal candidates: the first by alphabet.
pub(crate) fn nearest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let length = name.chars().count();
    if length == 0 || length > LONGEST {
        return None;
    }
    let wanted = fold(name);
    let furthest = furthest(length);
    let mut best: Option<(usize, &'a str)> = None;
    for candidate in candidates {
        // A difference in length is a difference in letters: most candidates end here.
        if candidate.len() > LONGEST * 4 || candidate.chars().count().abs_diff(length) > furthest {
            continue;
        }
        let distance = strsim::osa_distance(&wanted, &fold(candidate));
        if distance <= furthest && best.is_none_or(|(least, first)| (distance, candidate) < (least, first)) {
            best = Some((distance, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

/// How many letters may differ in a name of so many letters.
fn furthest(length: usize) -> usize {
    match length {
        1..=2 => 1,
        3..=5 => 2,
        _ => length.div_ceil(3),
    }
}

/// Case and the marks between words do not count as differences.
fn fold(name: &str) -> String {
    name.chars()
        .map(|letter| {
            if matches!(letter, '-' | ' ') {
                '_'
            } else {
                letter.to_ascii_lowercase()
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn a_slip_is_found() {
        assert_eq!(
            nearest("hot_condition", ["cold", "hot_conditions", "spray"]),
            Some("hot_conditions")
        );
        assert_eq!(nearest("fxi", ["Fact", "Fix", "Note"]), Some("Fix"));
        assert_eq!(nearest("yes", ["No", "Yes"]), Some("Yes"));
        assert_eq!(
            nearest("not-before", ["not_before", "never_when"]),
            Some("not_before")
        );
    }

    #[test]
    fn something_else_is_not_proposed() {
        assert_eq!(nearest("banana", ["cold", "hot_conditions", "spray"]), None);
        assert_eq!(nearest("", ["a"]), None);
        assert_eq!(nearest(&"x".repeat(5000), ["x"]), None);
    }

    #[test]
    fn the_order_of_candidates_does_not_matter() {
        assert_eq!(nearest("hat", ["hit", "cat"]), Some("cat"));
        assert_eq!(nearest("hat", ["cat", "hit"]), Some("cat"));
    }
}
