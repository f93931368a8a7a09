//! Numbers as they are written: exact decimals, nothing rounded silently.

/// More digits than these are not kept by every f64.
const DIGITS: usize = 15;
/// No number needs to be written longer.
const LONGEST: usize = 400;

/// The nearest f64 of a decimal number of at most 15 significant digits.
///
/// An underscore may stand between digits: `200_000`.
pub(crate) fn decimal(text: &str) -> Result<f64, String> {
    let plain = checked(text)?;
    let value: f64 = plain.parse().map_err(|_| not_a_number(text))?;
    if !value.is_finite() {
        return Err(format!("`{}` is too large", shorten(text)));
    }
    if value == 0.0 {
        if significant(&plain) > 0 {
            return Err(format!("`{}` is too close to zero", shorten(text)));
        }
        // No minus zero: it would print and compare differently from zero.
        return Ok(0.0);
    }
    Ok(value)
}

/// A whole number.
pub(crate) fn integer(text: &str) -> Result<i64, String> {
    let plain = checked(text)?;
    if plain.contains(['.', 'e', 'E']) {
        return Err(format!("`{}` is not a whole number", shorten(text)));
    }
    plain
        .parse()
        .map_err(|_| format!("`{}` is too large", shorten(text)))
}

/// The number without underscores, if it is written as a plain decimal of at most 15 significant digits.
fn checked(text: &str) -> Result<String, String> {
    if text.len() > LONGEST {
        return Err(format!(
            "`{}` has more than {DIGITS} significant digits",
            shorten(text)
        ));
    }
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    if matches!(unsigned, "NaN" | "inf") || unsigned.starts_with("NaN") || unsigned.starts_with("inf") {
        return Err(format!(
            "`{}` is not a number that can be compared",
            shorten(text)
        ));
    }
    if ["0x", "0b", "0o"]
        .iter()
        .any(|prefix| unsigned.starts_with(prefix))
    {
        return Err(format!("`{}` must be written in decimal digits", shorten(text)));
    }
    let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (unsigned, None),
    };
    let (whole, fraction) = match mantissa.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (mantissa, None),
    };
    // `5.` and `.5` are numbers in RON, so they are numbers here.
    let mantissa_fine = match fraction {
        None => digits(whole),
        Some("") => digits(whole),
        Some(fraction) => (whole.is_empty() || digits(whole)) && digits(fraction),
    };
    let exponent_fine =
        exponent.is_none_or(|exponent| digits(exponent.strip_prefix(['-', '+']).unwrap_or(exponent)));
    if !mantissa_fine || !exponent_fine {
        return Err(not_a_number(text));
    }
    let plain: String = text.chars().filter(|&letter| letter != '_').collect();
    if significant(&plain) > DIGITS {
        return Err(format!(
            "`{}` has more than {DIGITS} significant digits",
            shorten(text)
        ));
    }
    Ok(plain)
}

/// Digits with single underscores between them.
fn digits(text: &str) -> bool {
    !text.is_empty()
        && text
            .split('_')
            .all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()))
}

/// How many digits count: none of the zeros in front, and not those at the end of a whole number.
fn significant(plain: &str) -> usize {
    let mantissa = plain.split(['e', 'E']).next().unwrap_or(plain);
    let digits: String = mantissa.chars().filter(char::is_ascii_digit).collect();
    digits.trim_start_matches('0').trim_end_matches('0').len()
}

fn not_a_number(text: &str) -> String {
    format!("`{}` is not a number", shorten(text))
}

/// A text short enough to stand in a message.
pub(crate) fn shorten(text: &str) -> String {
    let mut letters = text.chars();
    let short: String = letters
        .by_ref()
        .take(40)
        .map(|letter| if letter.is_control() { ' ' } else { letter })
        .collect();
    if letters.next().is_some() {
        format!("{short}…")
    } else {
        short
    }
}

#[cfg(test)]
mod tests {
    use super::{decimal, integer};

    #[test]
    fn decimals_are_read() {
        assert_eq!(decimal("40"), Ok(40.0));
        assert_eq!(decimal("-37.5"), Ok(-37.5));
        assert_eq!(decimal("+.5"), Ok(0.5));
        assert_eq!(decimal("5."), Ok(5.0));
        assert_eq!(decimal("1e3"), Ok(1000.0));
        assert_eq!(decimal("200_000"), Ok(200_000.0));
        assert_eq!(decimal("0.1").map(f64::to_bits), Ok(0.1_f64.to_bits()));
        assert_eq!(decimal("-0.0").map(f64::to_bits), Ok(0.0_f64.to_bits()));
        assert_eq!(decimal("100000000000000000"), Ok(1e17));
    }

    #[test]
    fn what_would_be_rounded_or_compared_wrongly_is_not() {
        for text in [
            "", "-", ".", "e5", "1e", "NaN", "inf", "-inf", "NaNf32", "1e400", "1e-400", "0x10", "0b1",
            "5u8", "1__0", "_1", "1_", "1 000", "1,5",
        ] {
            assert!(decimal(text).is_err(), "{text}");
        }
        assert!(decimal("12345678901234.56").is_err());
        assert!(decimal("123456789012345").is_ok());
        assert!(decimal(&"9".repeat(100_000)).is_err_and(|message| message.len() < 200));
    }

    #[test]
    fn integers_are_whole() {
        assert_eq!(integer("-12"), Ok(-12));
        assert_eq!(integer("1_000"), Ok(1000));
        assert!(integer("1.0").is_err());
        assert!(integer("1e3").is_err());
        assert!(integer("9223372036854775808").is_err());
        assert!(integer("10000000000000000000").is_err());
    }
}
