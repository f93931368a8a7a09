//! Cases: from a file, from the standard input, from `--set`.

use std::io::Read;
use std::path::Path;

use liniment::{Case, KnowledgeBase};
use serde_json::Value;

use crate::output::Failure;

/// No case is longer; what is longer is not a case.
const LONGEST: u64 = 16 * 1024 * 1024;

/// What is known of the case.
#[derive(clap::Args)]
pub(crate) struct CaseOptions {
    /// The case: a file that ends in .json, .ron or .toml, or - for JSON on the standard input
    #[arg(value_name = "CASE", required_unless_present = "set")]
    case: Option<String>,
    /// State a fact, beside or instead of CASE; the value is read as JSON, or else as a word; may be
    /// repeated
    #[arg(long, value_name = "FACT=VALUE", value_parser = setting)]
    set: Vec<(String, Value)>,
}

#[derive(Clone, Copy)]
enum Notation {
    Json,
    Ron,
    Toml,
}

impl CaseOptions {
    /// The case.
    pub(crate) fn read(&self, base: &KnowledgeBase) -> Result<Case, Failure> {
        let mut case = match &self.case {
            Some(name) => read(name, base)?,
            None => base.case(),
        };
        for (fact, value) in &self.set {
            case.set(fact, value).map_err(Failure::fault)?;
        }
        Ok(case)
    }
}

fn setting(text: &str) -> Result<(String, Value), String> {
    let Some((fact, value)) = text.split_once('=') else {
        return Err("a fact and its value are written fact=value".to_owned());
    };
    let value = serde_json::from_str(value).unwrap_or_else(|_| Value::String(value.to_owned()));
    Ok((fact.trim().to_owned(), value))
}

fn read(name: &str, base: &KnowledgeBase) -> Result<Case, Failure> {
    let (text, notation) = if name == "-" {
        (text(&mut std::io::stdin().lock(), "the standard input")?, Notation::Json)
    } else {
        let notation = notation(name)?;
        let mut file =
            std::fs::File::open(name).map_err(|error| Failure::Fault(format!("{name}: {error}")))?;
        (text(&mut file, name)?, notation)
    };
    let case = match notation {
        Notation::Json => base.case_from_json(&text),
        Notation::Ron => base.case_from_ron(&text),
        Notation::Toml => base.case_from_toml(&text),
    };
    let place = if name == "-" { "the standard input" } else { name };
    case.map_err(|error| Failure::Fault(format!("{place}: {error}")))
}

fn notation(name: &str) -> Result<Notation, Failure> {
    let extension = Path::new(name).extension().unwrap_or_default().to_ascii_lowercase();
    match extension.to_str() {
        Some("json") => Ok(Notation::Json),
        Some("ron") => Ok(Notation::Ron),
        Some("toml") => Ok(Notation::Toml),
        _ => Err(Failure::Usage(format!(
            "`{name}`: the name of a case ends in .json, .ron or .toml; JSON can also be given on the \
             standard input, as -"
        ))),
    }
}

fn text(from: &mut impl Read, name: &str) -> Result<String, Failure> {
    let mut bytes = Vec::new();
    from.take(LONGEST + 1)
        .read_to_end(&mut bytes)
        .map_err(|error| Failure::Fault(format!("{name}: {error}")))?;
    if u64::try_from(bytes.len()).unwrap_or(u64::MAX) > LONGEST {
        return Err(Failure::Fault(format!("{name}: a case has at most {LONGEST} bytes")));
    }
    String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        Failure::Fault(format!("{name}: not UTF-8 text, from byte {at} on"))
    })
}
