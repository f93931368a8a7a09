//! Cases: from a file, from the standard input, from `--set`.

use std::io::Read;
use std::path::Path;

use liniment::case::read::CaseValue;
use liniment::{Case, KnowledgeBase};

use crate::output::Failure;

/// No case is longer; what is longer is not a case.
const LONGEST: u64 = 16 * 1024 * 1024;

/// What is known of the case.
#[derive(clap::Args)]
pub(crate) struct CaseOptions {
    /// The case: a file that ends in .json, .ron or .toml, or - for JSON on the standard input
    #[arg(value_name = "CASE")]
    case: Option<String>,
    /// State a fact, beside or instead of CASE; the value is read as JSON, or else as a word; may be
    /// repeated
    #[arg(long, value_name = "FACT=VALUE", value_parser = setting)]
    set: Vec<(String, CaseValue)>,
}

#[derive(Clone, Copy)]
enum Notation {
    Json,
    Ron,
    Toml,
}

impl CaseOptions {
    /// The case to begin with; nothing is known where none is named.
    pub(crate) fn read_or_empty(&self, base: &KnowledgeBase) -> Result<Case, Failure> {
        match self.case.as_deref() {
            Some("-") => Err(Failure::usage(
                "the standard input is where the answers come from; name a file for the case",
            )),
            None if self.set.is_empty() => Ok(base.case()),
            _ => self.read(base),
        }
    }

    /// The case.
    pub(crate) fn read(&self, base: &KnowledgeBase) -> Result<Case, Failure> {
        let mut case = match self.case.as_deref() {
            Some("-") => {
                let bytes = bytes(&mut std::io::stdin().lock(), "the standard input")?;
                base.case_from_json_bytes(&bytes)?
            }
            Some(name) => file(name, base)?,
            None if self.set.is_empty() => {
                let message =
                    "no case; name a file, or - for JSON on the standard input, or state facts with --set";
                return Err(Failure::usage(message));
            }
            None => base.case(),
        };
        for (fact, value) in &self.set {
            case.set(fact, value.clone())?;
        }
        Ok(case)
    }
}

pub(crate) fn setting(text: &str) -> Result<(String, CaseValue), String> {
    let Some((fact, value)) = text.split_once('=') else {
        return Err("a fact and its value are written fact=value".to_owned());
    };
    let value = serde_json::from_str(value).unwrap_or_else(|_| CaseValue::from(value));
    Ok((fact.trim().to_owned(), value))
}

fn file(name: &str, base: &KnowledgeBase) -> Result<Case, Failure> {
    let notation = notation(name)?;
    let mut file = std::fs::File::open(name).map_err(|error| Failure::fault("C0302", name, error))?;
    let bytes = bytes(&mut file, name)?;
    let text = || {
        std::str::from_utf8(&bytes).map_err(|error| {
            let message = format!("not UTF-8 text, from byte {} on", error.valid_up_to());
            Failure::fault("C0004", name, message)
        })
    };
    let case = match notation {
        Notation::Json => base.case_from_json_bytes(&bytes),
        Notation::Ron => base.case_from_ron(text()?),
        Notation::Toml => base.case_from_toml(text()?),
    };
    case.map_err(|error| Failure::case(&error, Some(name)))
}

fn notation(name: &str) -> Result<Notation, Failure> {
    let extension = Path::new(name)
        .extension()
        .unwrap_or_default()
        .to_ascii_lowercase();
    match extension.to_str() {
        Some("json") => Ok(Notation::Json),
        Some("ron") => Ok(Notation::Ron),
        Some("toml") => Ok(Notation::Toml),
        _ => Err(Failure::usage(format!(
            "`{name}`: the name of a case ends in .json, .ron or .toml; JSON can also come on the standard \
             input, as -"
        ))),
    }
}

fn bytes(from: &mut impl Read, name: &str) -> Result<Vec<u8>, Failure> {
    let mut bytes = Vec::new();
    from.take(LONGEST + 1)
        .read_to_end(&mut bytes)
        .map_err(|error| Failure::fault("C0302", name, error))?;
    if u64::try_from(bytes.len()).unwrap_or(u64::MAX) > LONGEST {
        return Err(Failure::fault(
            "C0003",
            name,
            format!("a case has at most {LONGEST} bytes"),
        ));
    }
    Ok(bytes)
}
