//! Cases from what others write.

use serde::Serialize;

use super::KnowledgeBase;
use crate::case::read::CaseInput;
use crate::case::value::read_case;
use crate::case::{Case, formats};
use crate::error::Error;

impl KnowledgeBase {
    /// A case of which nothing is known yet.
    pub fn case(&self) -> Case {
        Case::new(self)
    }

    /// A case from any value that serde can write: a struct or map, fact to value.
    ///
    /// # Errors
    /// When a value is not of its fact's kind, or names no fact.
    pub fn case_from<T: Serialize + ?Sized>(&self, value: &T) -> Result<Case, Error> {
        let mut case = self.case();
        case.fill(value)?;
        Ok(case)
    }

    /// A case from a JSON object.
    ///
    /// # Errors
    /// When the text is no JSON object, or a value is not of its fact's kind.
    pub fn case_from_json(&self, text: &str) -> Result<Case, Error> {
        self.case_from_input(&formats::from_json(text)?)
    }

    /// A case from the bytes of a JSON object.
    ///
    /// # Errors
    /// As [`case_from_json`](Self::case_from_json), and when the bytes are not UTF-8.
    pub fn case_from_json_bytes(&self, bytes: &[u8]) -> Result<Case, Error> {
        self.case_from_input(&formats::from_json_bytes(bytes)?)
    }

    /// A case from a RON map or struct.
    ///
    /// # Errors
    /// When the text is no RON map or struct, or a value is not of its fact's kind.
    #[cfg(feature = "tools")]
    pub fn case_from_ron(&self, text: &str) -> Result<Case, Error> {
        self.case_from_input(&formats::from_ron(text)?)
    }

    /// A case from a TOML table.
    ///
    /// # Errors
    /// When the text is no TOML, or a value is not of its fact's kind.
    #[cfg(feature = "tools")]
    pub fn case_from_toml(&self, text: &str) -> Result<Case, Error> {
        self.case_from_input(&formats::from_toml(text)?)
    }

    pub(crate) fn case_from_input(&self, input: &CaseInput) -> Result<Case, Error> {
        let mut case = self.case();
        for (fact, value) in read_case(self.base(), input)? {
            case.put(fact, value);
        }
        Ok(case)
    }
}
