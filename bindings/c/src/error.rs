//! What went wrong, for the caller.

#[cfg(feature = "read-packs")]
use liniment::diagnostic::{PackError, Severity};

use crate::arena::Arena;
use crate::diagnostic::Diagnostic;
#[cfg(feature = "read-packs")]
use crate::diagnostic::diagnostics;
use crate::guard::{Handle, Poison, answer, enter_on, enter_text, free};
use crate::status::Status;
use crate::text::{Str, Strs, Text, entry};

/// Why a call failed. One pointer, so that what is answered by every function stays small.
pub(crate) struct Failure(Box<Cause>);

enum Cause {
    /// The call itself was wrong.
    Call {
        status: Status,
        code: &'static str,
        place: String,
        message: String,
    },
    /// Something panicked inside.
    Panic(String),
    /// The library refused a case, a name or a batch.
    Core(liniment::Error),
    /// The packs have errors.
    #[cfg(feature = "read-packs")]
    Pack(Box<PackError>),
}

impl Failure {
    #[cold]
    #[inline(never)]
    pub(crate) fn null(what: &'static str) -> Self {
        Self::call(Status::NullPointer, "A0001", what, format!("`{what}` is NULL"))
    }

    #[cold]
    #[inline(never)]
    pub(crate) fn text(what: &'static str, why: impl std::fmt::Display) -> Self {
        Self::call(Status::InvalidText, "A0002", what, format!("`{what}` {why}"))
    }

    #[cold]
    #[inline(never)]
    pub(crate) fn argument(message: String) -> Self {
        Self::call(Status::InvalidArgument, "A0003", "", message)
    }

    #[cold]
    #[inline(never)]
    pub(crate) fn poisoned(what: &'static str) -> Self {
        let message = format!("`{what}` can only be freed: an earlier call failed inside the library");
        Self::call(Status::Poisoned, "A0004", what, message)
    }

    #[cfg(not(all(
        feature = "prove",
        feature = "arrow",
        feature = "reasons",
        feature = "tools",
        feature = "read-packs"
    )))]
    #[cold]
    #[inline(never)]
    pub(crate) fn unsupported(part: &'static str) -> Self {
        Self::call(
            Status::Unsupported,
            "A0006",
            part,
            format!("this library was built without {part}"),
        )
    }

    #[cold]
    #[inline(never)]
    pub(crate) fn changed(expected: u64, found: u64) -> Self {
        let message = format!(
            "the packs have the hash {found:016x}; the program was made for {expected:016x}: make its header \
             anew with `liniment codegen`, and compile it again"
        );
        Self::call(Status::PackChanged, "A0007", "", message)
    }

    #[cold]
    #[inline(never)]
    pub(crate) fn nothing_said(id: &str) -> Self {
        let message = format!("nothing is said of `{}`", id.escape_debug());
        Self::call(Status::UnknownName, "C0105", id, message)
    }

    fn call(status: Status, code: &'static str, place: &str, message: String) -> Self {
        Failure(Box::new(Cause::Call {
            status,
            code,
            place: place.to_owned(),
            message,
        }))
    }

    #[cold]
    #[inline(never)]
    pub(crate) fn panic(message: String) -> Self {
        Failure(Box::new(Cause::Panic(message)))
    }

    pub(crate) fn status(&self) -> Status {
        match &*self.0 {
            Cause::Call { status, .. } => *status,
            Cause::Panic(_) => Status::Panic,
            Cause::Core(error) => match error.code() {
                "C0301" => Status::Foreign,
                "C0302" => Status::Unreadable,
                code if code.starts_with("C01") => Status::UnknownName,
                code if code.starts_with("C03") => Status::InvalidArgument,
                code if code.starts_with("C04") => Status::InvalidBatch,
                code if code.starts_with("C05") => Status::InvalidPack,
                _ => Status::InvalidCase,
            },
            #[cfg(feature = "read-packs")]
            Cause::Pack(error) => of_packs(error),
        }
    }
}

/// Packs without errors are refused only for a language that they do not have.
#[cfg(feature = "read-packs")]
fn of_packs(error: &PackError) -> Status {
    let mut diagnostics = error.diagnostics().iter();
    if error.is_stopped() {
        Status::Stopped
    } else if diagnostics.all(|found| found.severity != Severity::Error) {
        Status::UnknownName
    } else {
        Status::InvalidPack
    }
}

impl From<liniment::Error> for Failure {
    fn from(error: liniment::Error) -> Self {
        Failure(Box::new(Cause::Core(error)))
    }
}

#[cfg(feature = "read-packs")]
impl From<PackError> for Failure {
    fn from(error: PackError) -> Self {
        Failure(Box::new(Cause::Pack(Box::new(error))))
    }
}

/// What went wrong. A function with a `liniment_error **` sets it to NULL on success, and on failure to a new
/// error, which is yours to free with `liniment_error_free`. What stood there before is not freed. Pass NULL
/// when you do not want to know more than the status.
///
/// Never changes; several threads may read it. Its texts live as long as it does. The functions that read
/// it accept NULL and answer an empty text or 0.
pub struct Error {
    status: Status,
    code: Str,
    message: Str,
    file: Str,
    line: u32,
    column: u32,
    place: Str,
    found: Str,
    nearest: Str,
    allowed: Strs,
    json: Str,
    diagnostics: Vec<Diagnostic>,
    #[cfg(feature = "read-packs")]
    pack: Option<Box<PackError>>,
    poison: Poison,
    // Dropped last: the texts above lead into it.
    _arena: Arena,
}

impl Handle for Error {
    const NAME: &'static str = "error";
    fn poison(&self) -> &Poison {
        &self.poison
    }
}

const EMPTY: Str = Str {
    data: c"".as_ptr(),
    len: 0,
};

impl Error {
    pub(crate) fn new(failure: Failure) -> Self {
        let status = failure.status();
        let mut arena = Arena::default();
        let mut error = Error {
            status,
            code: EMPTY,
            message: EMPTY,
            file: EMPTY,
            line: 0,
            column: 0,
            place: EMPTY,
            found: EMPTY,
            nearest: EMPTY,
            allowed: arena.texts::<&str>(&[]),
            json: EMPTY,
            diagnostics: Vec::new(),
            #[cfg(feature = "read-packs")]
            pack: None,
            poison: Poison::default(),
            _arena: Arena::default(),
        };
        match *failure.0 {
            Cause::Call {
                code, place, message, ..
            } => error.simple(&mut arena, code, &place, &message),
            Cause::Panic(message) => {
                let message = format!("the library failed inside: {message}");
                error.simple(&mut arena, "A0005", "", &message);
            }
            Cause::Core(core) => {
                error.code = arena.text(core.code());
                error.message = arena.text(core.message());
                error.place = arena.text(core.place().unwrap_or_default());
                error.found = arena.text(core.found().unwrap_or_default());
                error.nearest = arena.text(core.nearest().unwrap_or_default());
                error.allowed = arena.texts(core.allowed());
                error.json = arena.text(&core.to_json());
                if let Some((line, column)) = core.position() {
                    error.line = u32::try_from(line).unwrap_or(u32::MAX);
                    error.column = u32::try_from(column).unwrap_or(u32::MAX);
                }
            }
            #[cfg(feature = "read-packs")]
            Cause::Pack(pack) => {
                let first = pack
                    .diagnostics()
                    .iter()
                    .find(|found| found.severity == Severity::Error);
                error.code = arena.text(first.map_or("C0106", |first| first.code));
                error.message = arena.text(&pack.to_string());
                error.json = arena.text(&pack.to_json());
                if let Some(label) = first.and_then(|first| first.labels.first()) {
                    error.file = arena.text(&label.file);
                    error.line = label.start_line;
                    error.column = label.start_column;
                }
                error.diagnostics = diagnostics(&mut arena, pack.diagnostics());
                error.pack = Some(pack);
            }
        }
        error._arena = arena;
        error
    }

    fn simple(&mut self, arena: &mut Arena, code: &str, place: &str, message: &str) {
        self.code = arena.text(code);
        self.place = arena.text(place);
        self.message = arena.text(message);
        let part = |text: &str| serde_json::Value::from(text).to_string();
        let place = if place.is_empty() {
            "null".to_owned()
        } else {
            part(place)
        };
        self.json = arena.text(&format!(
            r#"{{"format":1,"error":{{"code":{},"place":{place},"found":null,"allowed":[],"nearest":null,"message":{}}}}}"#,
            part(code),
            part(message)
        ));
    }
}

/// Frees an error; NULL is fine.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn liniment_error_free(error: *mut Error) {
    // SAFETY: the header asks for an error of this library, freed once.
    unsafe { free(error) }
}

/// The status that the failed function answered; LINIMENT_STATUS_OK for NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn liniment_error_status(error: Option<&Error>) -> Status {
    answer(error, Status::Ok, |error| error.status)
}

/// Its stable code: `C0101` for cases and calls, `L0101` for packs, `A0001` for misuse of this interface. Lives
/// as long as `error`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn liniment_error_code(error: Option<&Error>) -> Str {
    answer(error, EMPTY, |error| error.code)
}

/// All of it as one line for a person. Lives as long as `error`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn liniment_error_message(error: Option<&Error>) -> Str {
    answer(error, EMPTY, |error| error.message)
}

/// The file of a pack, `calf-cramps/relief.ron`; empty where the error is not in a pack. Lives as long as
/// `error`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn liniment_error_file(error: Option<&Error>) -> Str {
    answer(error, EMPTY, |error| error.file)
}

/// The line in that file, or in the text of a case, from 1; 0 where there is none.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn liniment_error_line(error: Option<&Error>) -> u32 {
    answer(error, 0, |error| error.line)
}

/// The column in that line, in characters, from 1; 0 where there is none.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn liniment_error_column(error: Option<&Error>) -> u32 {
    answer(error, 0, |error| error.column)
}

/// Where in a case: a fact or a path inside it, `onset_setting.reports[1].value`; or the parameter that was
/// wrong; may be empty. Lives as long as `error`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn liniment_error_place(error: Option<&Error>) -> Str {
    answer(error, EMPTY, |error| error.place)
}

/// What was found there, shortened; may be empty. Lives as long as `error`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn liniment_error_found(error: Option<&Error>) -> Str {
    answer(error, EMPTY, |error| error.found)
}

/// The name that comes nearest to what was found; may be empty. Lives as long as `error`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn liniment_error_nearest(error: Option<&Error>) -> Str {
    answer(error, EMPTY, |error| error.nearest)
}

/// What is allowed there; an empty list where it cannot be listed. Lives as long as `error`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn liniment_error_allowed(error: Option<&Error>) -> Strs {
    let nothing = Strs {
        items: std::ptr::null(),
        count: 0,
    };
    answer(error, nothing, |error| error.allowed)
}

/// The error as JSON; for packs, every diagnostic as JSON. Lives as long as `error`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn liniment_error_json(error: Option<&Error>) -> Str {
    answer(error, EMPTY, |error| error.json)
}

/// How many diagnostics there are; 0 where the error is not about packs.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn liniment_error_diagnostic_count(error: Option<&Error>) -> usize {
    answer(error, 0, |error| error.diagnostics.len())
}

/// One diagnostic, from 0. Its texts live as long as the error. Set `diagnostic->size` before the call.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn liniment_error_diagnostic(
    error: Option<&Error>,
    index: usize,
    diagnostic: *mut Diagnostic,
) -> Status {
    enter_on(error, None, |error| {
        entry(&error.diagnostics, index, diagnostic, "diagnostic")
    })
}

/// Every diagnostic, for a terminal of `width` columns, with excerpts of the packs in a library with tools; `text`
/// is yours to free.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn liniment_error_render(
    error: Option<&Error>,
    width: usize,
    colour: bool,
    text: Option<&mut Text>,
) -> Status {
    enter_text(error, text, "text", None, |error| {
        #[cfg(feature = "read-packs")]
        if let Some(pack) = &error.pack {
            return Ok(pack.render(width.min(10_000), colour));
        }
        let _ = (width, colour);
        Ok(format!(
            "error: {}\n",
            String::from_utf8_lossy(error.message.bytes("message")?)
        ))
    })
}
