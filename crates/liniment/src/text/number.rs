//! Numbers as they are written: exact decimals, nothing rounded silently.

use super::json;

/// More digits than these are not kept by every f64.
const DIGITS: usize = 15;
/// No number needs to be written longer.
const LONGEST: usize = 400;

/// The nearest f64 of a decimal number of at most 15 significant digits.
///
/// An underscore may stand between digits: `200_000`.
pub(crate) fn decimal(text: &str) -> Result<f64, String> {
    let plain = checked(text)?;
    let value = nearest(&plain).ok_or_else(|| format!("`{}` is too large", shorten(text)))?;
    if value == 0.0 {
        if significant(&plain) > 0 {
            return Err(format!("`{}` is too close to zero", shorten(text)));
        }
        // No minus zero: it would print and compare differently from zero.
        return Ok(0.0);
    }
    Ok(value)
}

/// The nearest f64 of a decimal number of any length, written as in RON: `5.`, `.5` and `+5` are numbers. Nothing when it
/// is none, or beyond every f64.
///
/// `serde_json` reads it, which is there anyway; `str::parse` brings 15 kilobytes of its own.
pub(crate) fn nearest(text: &str) -> Option<f64> {
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    let (mantissa, exponent) = unsigned.split_once(['e', 'E']).unwrap_or((unsigned, "0"));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let all_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let size = exponent.strip_prefix(['-', '+']).unwrap_or(exponent);
    let digits_fine = all_digits(whole) && all_digits(fraction) && all_digits(size);
    if !digits_fine || size.is_empty() || whole.len() + fraction.len() == 0 {
        return None;
    }
    let sign = if text.starts_with('-') { "-" } else { "" };
    let whole = whole.trim_start_matches('0');
    serde_json::from_str(&format!("{sign}{whole:0>1}.{fraction:0<1}e{exponent}")).ok()
}

/// A number as `{}` writes it: no exponent, and nothing behind a whole number.
///
/// `serde_json` finds the digits; `{}` and `{:?}` of `f64` bring 15 kilobytes of their own.
pub(crate) fn plain(value: f64) -> String {
    if let Some(word) = not_finite(value) {
        return word.to_owned();
    }
    let text = Written::of(value).laid_out();
    text.strip_suffix(".0").map(str::to_owned).unwrap_or(text)
}

/// A number as `{:?}` writes it: with a fraction or an exponent, so that it does not look like a whole number.
pub(crate) fn decorated(value: f64) -> String {
    if let Some(word) = not_finite(value) {
        return word.to_owned();
    }
    let written = Written::of(value);
    let size = value.abs();
    if size == 0.0 || (1e-4..1e16).contains(&size) {
        return written.laid_out();
    }
    let Written { sign, digits, point } = written;
    let (first, rest) = digits.split_at_checked(1).unwrap_or_default();
    let dot = if rest.is_empty() { "" } else { "." };
    format!("{sign}{first}{dot}{rest}e{}", point - 1)
}

/// The word for what is no finite number.
fn not_finite(value: f64) -> Option<&'static str> {
    match value {
        f64::INFINITY => Some("inf"),
        f64::NEG_INFINITY => Some("-inf"),
        _ if value.is_nan() => Some("NaN"),
        _ => None,
    }
}

/// The digits of a finite number: 0.`digits` times ten to the power of `point`.
struct Written {
    sign: &'static str,
    digits: String,
    point: i32,
}

impl Written {
    fn of(value: f64) -> Self {
        let sign = if value.is_sign_negative() { "-" } else { "" };
        let text = json::to_json(&value.abs());
        let (mantissa, exponent) = text.split_once('e').unwrap_or((&text, "0"));
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let all = format!("{whole}{fraction}");
        let digits = all.trim_start_matches('0');
        let exponent: i32 = exponent.parse().unwrap_or(0);
        // A number has far fewer digits than an i32 counts.
        let point = (digits.len() as i32) - (fraction.len() as i32) + exponent;
        Self {
            sign,
            digits: digits.trim_end_matches('0').to_owned(),
            point: if digits.is_empty() { 1 } else { point },
        }
    }

    /// Without an exponent, with something behind the point.
    fn laid_out(&self) -> String {
        let Self { sign, digits, point } = self;
        let mut text = (*sign).to_owned();
        if *point <= 0 {
            text.push_str("0.");
            text.extend((*point..0).map(|_| '0'));
            text.push_str(digits);
            return text;
        }
        let mut digits = digits.chars();
        text.extend((0..*point).map(|_| digits.next().unwrap_or('0')));
        text.push('.');
        text.push(digits.next().unwrap_or('0'));
        text.extend(digits);
        text
    }
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
    use proptest::prelude::{any, prop_assert, prop_assert_eq, proptest};

    use super::{decimal, decorated, integer, nearest, plain};

    proptest! {
        // Between two nearest numbers of the fewest digits, each may take the other one.
        #[test]
        fn numbers_are_written_as_rust_writes_them(bits in any::<u64>(), digits in -99_999i32..100_000, power in -30i32..30) {
            let shape = |text: &str| text.replace(|letter: char| letter.is_ascii_digit(), "0");
            for value in [f64::from_bits(bits), f64::from(digits) * 10_f64.powi(power)] {
                for (written, expected) in [(plain(value), format!("{value}")), (decorated(value), format!("{value:?}"))] {
                    prop_assert_eq!(shape(&written), shape(&expected), "{}", written);
                    prop_assert!(value.is_nan() || written.parse() == Ok(value), "{}", written);
                }
            }
            let whole = f64::from(digits);
            prop_assert_eq!(plain(whole), format!("{whole}"));
            prop_assert_eq!(decorated(whole), format!("{whole:?}"));
        }

        #[test]
        fn numbers_are_read_as_rust_reads_them(
            bits in any::<u64>(),
            text in "[-+]?[0-9]{0,25}(\\.[0-9]{0,25})?([eE][-+]?[0-9]{0,3})?",
        ) {
            for text in [text, format!("{:?}", f64::from_bits(bits)), format!("{:e}", f64::from_bits(bits))] {
                let expected = text.parse::<f64>().ok().filter(|value| value.is_finite());
                prop_assert_eq!(nearest(&text).map(f64::to_bits), expected.map(f64::to_bits), "{}", text);
            }
        }
    }

    #[test]
    fn borders_are_written_and_read_as_by_rust() {
        for value in [
            0.0,
            -0.0,
            1.0,
            0.1,
            1e-4,
            9.999e-5,
            1e15,
            1e16,
            1e17,
            123_456.75,
            5e-324,
            f64::MIN_POSITIVE,
            f64::MAX,
            f64::MIN,
            f64::INFINITY,
            f64::NEG_INFINITY,
            f64::NAN,
        ] {
            assert_eq!(plain(value), format!("{value}"));
            assert_eq!(decorated(value), format!("{value:?}"));
        }
        for text in [
            "", "+", ".", "e5", "1e", "1e+", "inf", "nan", "1_0", "0x1", "--1", "1.2.3", "1 ", "1e400",
            "-1e400",
        ] {
            assert_eq!(nearest(text), None, "{text}");
        }
        for text in [
            "007",
            "-.5",
            "5.",
            "+5e+3",
            "1e-400",
            "-1e-400",
            "1e0005",
            &"9".repeat(400),
        ] {
            let expected = text.parse::<f64>().ok().filter(|value| value.is_finite());
            assert_eq!(
                nearest(text).map(f64::to_bits),
                expected.map(f64::to_bits),
                "{text}"
            );
        }
    }

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
