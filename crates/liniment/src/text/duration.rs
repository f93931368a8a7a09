//! Lengths of time: whole microseconds. A day is 24 hours; there are no months and no years.

use std::fmt;

use super::number::shorten;

const MILLISECOND: i64 = 1_000;
const SECOND: i64 = 1_000_000;
const MINUTE: i64 = 60 * SECOND;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;
const WEEK: i64 = 7 * DAY;

/// What a length of time may look like, for messages.
pub(crate) const EXAMPLES: &str = "`\"24h\"`, `\"3d\"`, `\"23h59min\"` or `\"PT24H\"`";

/// Reads `24h`, `3d`, `23h59min`, `90 min`, `1.5 h`, `500ms`, or ISO 8601 such as `PT24H` and `P1DT2H`.
pub(crate) fn parse(text: &str) -> Result<i64, String> {
    let trimmed = text.trim_matches(' ');
    if trimmed.is_empty() {
        return Err(format!(
            "a length of time is missing; write for example {EXAMPLES}"
        ));
    }
    if trimmed.starts_with('-') {
        return Err(format!(
            "`{}` is negative; a length of time cannot be",
            shorten(text)
        ));
    }
    let parts = match trimmed.strip_prefix('P') {
        Some(iso) => iso_parts(iso, text)?,
        None => word_parts(trimmed, text)?,
    };
    sum(&parts, text)
}

/// An amount as written, and its unit in microseconds.
type Part<'a> = (&'a str, i64);

fn word_parts<'a>(trimmed: &'a str, text: &str) -> Result<Vec<Part<'a>>, String> {
    let mut parts = Vec::new();
    let mut rest = trimmed;
    while !rest.is_empty() {
        let (amount, after) = split_at(rest, |letter| !letter.is_ascii_digit() && letter != '.');
        if amount.is_empty() {
            return Err(not_a_duration(text));
        }
        let after = after.trim_start_matches(' ');
        let (unit, after) = split_at(after, |letter| {
            letter.is_ascii_digit() || letter == '.' || letter == ' '
        });
        let size = match unit {
            "w" | "week" | "weeks" => WEEK,
            "d" | "day" | "days" => DAY,
            "h" | "hour" | "hours" => HOUR,
            "min" | "minute" | "minutes" => MINUTE,
            "s" | "sec" | "second" | "seconds" => SECOND,
            "ms" => MILLISECOND,
            "us" | "µs" | "μs" => 1,
            "m" => return Err(format!("`{}`: write `min` for minutes", shorten(text))),
            "month" | "months" | "mo" | "y" | "year" | "years" => {
                return Err(format!(
                    "`{}`: months and years have no fixed length; write days",
                    shorten(text)
                ));
            }
            "" => {
                return Err(format!(
                    "`{}` has no unit; write for example {EXAMPLES}",
                    shorten(text)
                ));
            }
            _ => {
                return Err(format!(
                    "`{}` is not a unit of time; the units are d, h, min, s, ms and us",
                    shorten(unit)
                ));
            }
        };
        parts.push((amount, size));
        rest = after.trim_start_matches(' ');
    }
    Ok(parts)
}

fn iso_parts<'a>(iso: &'a str, text: &str) -> Result<Vec<Part<'a>>, String> {
    let mut parts = Vec::new();
    let mut rest = iso;
    let mut in_time = false;
    let mut time_parts = 0;
    while !rest.is_empty() {
        if let Some(after) = rest.strip_prefix('T') {
            if in_time {
                return Err(not_a_duration(text));
            }
            in_time = true;
            rest = after;
            continue;
        }
        let (amount, after) = split_at(rest, |letter| !letter.is_ascii_digit() && letter != '.');
        let mut letters = after.chars();
        let size = match (in_time, letters.next()) {
            _ if amount.is_empty() => return Err(not_a_duration(text)),
            (false, Some('W')) => WEEK,
            (false, Some('D')) => DAY,
            (true, Some('H')) => HOUR,
            (true, Some('M')) => MINUTE,
            (true, Some('S')) => SECOND,
            (false, Some('M' | 'Y')) => {
                return Err(format!(
                    "`{}`: months and years have no fixed length; write days",
                    shorten(text)
                ));
            }
            _ => return Err(not_a_duration(text)),
        };
        time_parts += usize::from(in_time);
        parts.push((amount, size));
        rest = letters.as_str();
    }
    if parts.is_empty() || (in_time && time_parts == 0) {
        return Err(not_a_duration(text));
    }
    Ok(parts)
}

fn sum(parts: &[Part<'_>], text: &str) -> Result<i64, String> {
    let mut total = 0_i64;
    let mut last = i64::MAX;
    for (number, &(amount, size)) in parts.iter().enumerate() {
        if size >= last {
            return Err(format!(
                "`{}`: write each unit once, the longest first",
                shorten(text)
            ));
        }
        last = size;
        let (whole, fraction) = match amount.split_once('.') {
            None => (amount, None),
            // A fraction of a unit that is followed by a smaller one would be read two ways.
            Some((whole, fraction)) if number + 1 == parts.len() => (whole, Some(fraction)),
            Some(_) => {
                return Err(format!(
                    "`{}`: only the last unit may have a fraction",
                    shorten(text)
                ));
            }
        };
        if !all_digits(whole) || fraction.is_some_and(|fraction| !all_digits(fraction)) {
            return Err(not_a_duration(text));
        }
        let whole = whole
            .parse::<i64>()
            .ok()
            .and_then(|whole| whole.checked_mul(size));
        let part = match (whole, fraction) {
            (Some(whole), None) => Some(whole),
            (Some(whole), Some(fraction)) => whole.checked_add(
                fraction_of(fraction, size)
                    .ok_or_else(|| format!("`{}` is not a whole number of microseconds", shorten(text)))?,
            ),
            (None, _) => None,
        };
        total = part
            .and_then(|part| total.checked_add(part))
            .ok_or_else(|| format!("`{}` is too long a time", shorten(text)))?;
    }
    Ok(total)
}

/// `0.fraction × size`, if that is whole.
fn fraction_of(fraction: &str, size: i64) -> Option<i64> {
    let digits = fraction.trim_end_matches('0');
    if digits.is_empty() {
        return Some(0);
    }
    let scale = 10_i128.checked_pow(u32::try_from(digits.len()).ok()?)?;
    let product = digits.parse::<i128>().ok()?.checked_mul(i128::from(size))?;
    (product % scale == 0)
        .then(|| i64::try_from(product / scale).ok())
        .flatten()
}

fn all_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// The text up to the first letter for which `end` holds, and the rest.
fn split_at(text: &str, end: impl Fn(char) -> bool) -> (&str, &str) {
    text.find(end)
        .and_then(|at| text.split_at_checked(at))
        .unwrap_or((text, ""))
}

fn not_a_duration(text: &str) -> String {
    format!(
        "`{}` is not a length of time; write for example {EXAMPLES}",
        shorten(text)
    )
}

/// ISO 8601 in hours, minutes and seconds, without parts that are zero: `PT72H`, `PT0S`, `PT1.5S`.
pub(crate) fn iso(microseconds: i64) -> String {
    Iso(microseconds).to_string()
}

/// Microseconds, shown in ISO 8601.
pub(crate) struct Iso(pub(crate) i64);

impl fmt::Display for Iso {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let total = self.0.unsigned_abs();
        let (hours, minutes, seconds, rest) = split(total);
        formatter.write_str(if self.0 < 0 { "-PT" } else { "PT" })?;
        if hours > 0 {
            write!(formatter, "{hours}H")?;
        }
        if minutes > 0 {
            write!(formatter, "{minutes}M")?;
        }
        if seconds > 0 || rest > 0 || total == 0 {
            write!(formatter, "{}S", with_fraction(seconds, rest))?;
        }
        Ok(())
    }
}

/// In words for a reader: `23 h 59 min`, `3 d`, `90 s` as `1 min 30 s`. Days from two days on.
pub(crate) fn words(microseconds: i64) -> String {
    let total = microseconds.unsigned_abs();
    let (mut hours, minutes, seconds, rest) = split(total);
    let mut parts = Vec::new();
    if hours >= 48 {
        parts.push(format!("{} d", hours / 24));
        hours %= 24;
    }
    if hours > 0 {
        parts.push(format!("{hours} h"));
    }
    if minutes > 0 {
        parts.push(format!("{minutes} min"));
    }
    if seconds > 0 || rest > 0 || total == 0 {
        parts.push(format!("{} s", with_fraction(seconds, rest)));
    }
    let sign = if microseconds < 0 { "-" } else { "" };
    format!("{sign}{}", parts.join(" "))
}

/// Hours, minutes, seconds, microseconds.
fn split(total: u64) -> (u64, u64, u64, u64) {
    let seconds = total / 1_000_000;
    (seconds / 3600, seconds / 60 % 60, seconds % 60, total % 1_000_000)
}

fn with_fraction(seconds: u64, microseconds: u64) -> String {
    if microseconds == 0 {
        return seconds.to_string();
    }
    let fraction = format!("{microseconds:06}");
    format!("{seconds}.{}", fraction.trim_end_matches('0'))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{any, prop_assert_eq, proptest};

    use super::{DAY, HOUR, MILLISECOND, MINUTE, SECOND, iso, parse, words};

    #[test]
    fn written_lengths_are_read() {
        for (text, microseconds) in [
            ("24h", 24 * HOUR),
            ("3d", 3 * DAY),
            ("23h59min", 23 * HOUR + 59 * MINUTE),
            ("23 h 59 min", 23 * HOUR + 59 * MINUTE),
            ("90 min", 90 * MINUTE),
            ("2w", 14 * DAY),
            ("500ms", 500 * MILLISECOND),
            ("7us", 7),
            ("7µs", 7),
            ("1.5 h", 90 * MINUTE),
            ("0s", 0),
            ("3 days", 3 * DAY),
            ("PT24H", 24 * HOUR),
            ("P1DT2H", 26 * HOUR),
            ("P2W", 14 * DAY),
            ("P3D", 3 * DAY),
            ("PT1.5S", SECOND + 500 * MILLISECOND),
            ("PT0S", 0),
            ("PT1H30M", 90 * MINUTE),
        ] {
            assert_eq!(parse(text), Ok(microseconds), "{text}");
        }
    }

    #[test]
    fn nothing_is_guessed() {
        for text in [
            "",
            " ",
            "h",
            "24",
            "-3h",
            "3h3h",
            "3min2h",
            "1h 1h",
            "3m",
            "3 months",
            "P1M",
            "P1Y",
            "P",
            "PT",
            "P1DT",
            "PT1D",
            "P1H",
            "pt1h",
            "1.5h30min",
            "1..5h",
            ".5h",
            "5.h",
            "0.0000001s",
            "1e3s",
            "9999999999999d",
            "99999999999999999999d",
            "3h,",
            "3h\n",
            "3\u{a0}h",
        ] {
            assert!(parse(text).is_err(), "{text}");
        }
        assert!(parse(&"1".repeat(1_000_000)).is_err_and(|message| message.len() < 300));
    }

    #[test]
    fn lengths_are_written() {
        assert_eq!(iso(72 * HOUR), "PT72H");
        assert_eq!(iso(0), "PT0S");
        assert_eq!(iso(23 * HOUR + 59 * MINUTE), "PT23H59M");
        assert_eq!(iso(1_500_000), "PT1.5S");
        assert_eq!(words(23 * HOUR + 59 * MINUTE), "23 h 59 min");
        assert_eq!(words(14 * DAY), "14 d");
        assert_eq!(words(24 * HOUR), "24 h");
        assert_eq!(words(50 * HOUR), "2 d 2 h");
        assert_eq!(words(90 * SECOND), "1 min 30 s");
        assert_eq!(words(0), "0 s");
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back(microseconds in 0..=i64::MAX) {
            prop_assert_eq!(parse(&iso(microseconds)), Ok(microseconds));
            prop_assert_eq!(parse(&words(microseconds)), Ok(microseconds));
        }

        #[test]
        fn any_text_is_read_or_refused(text in any::<String>()) {
            let _ = parse(&text);
        }
    }
}
