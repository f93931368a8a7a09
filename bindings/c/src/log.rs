//! What the library would like to be known, handed to the program.

use std::cell::Cell;
use std::ffi::c_void;
use std::sync::{PoisonError, RwLock};

#[cfg(feature = "read-packs")]
use liniment::diagnostic::{Diagnostic, Severity};

use crate::guard::enter_free;
use crate::text::Str;

/// How grave a message of the log is.
#[repr(i32)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogLevel {
    /// The library failed inside; a function answers LINIMENT_STATUS_PANIC.
    Error = 1,
    /// A pack was loaded that probably does not do what its author meant.
    Warning = 2,
    /// Good to know of a pack.
    Note = 3,
}

/// Receives messages: `user` as it was given to `liniment_set_log`, and a text that lives during the call.
///
/// It may call any function of the library, but must neither change nor free what was handed to the call that is
/// under way; what those would log is not handed to it. It is called on the thread on which something happened, so
/// on several at once. It must return, not jump or throw.
pub type LogCallback = Option<unsafe extern "C" fn(user: *mut c_void, level: LogLevel, message: Str)>;

struct Sink {
    callback: LogCallback,
    user: *mut c_void,
}

// SAFETY: `user` is never followed here, and the header says from which threads it comes back.
unsafe impl Send for Sink {}
// SAFETY: as above.
unsafe impl Sync for Sink {}

static SINK: RwLock<Sink> = RwLock::new(Sink {
    callback: None,
    user: std::ptr::null_mut(),
});

thread_local! {
    static INSIDE: Cell<bool> = const { Cell::new(false) };
}

/// Sets where messages go, for the whole program; NULL for `callback` stops them. At first nothing is
/// logged. From any thread; a call that is under way on another thread may still reach the former callback.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn liniment_set_log(callback: LogCallback, user: *mut c_void) {
    enter_free(|| {
        *SINK.write().unwrap_or_else(PoisonError::into_inner) = Sink { callback, user };
    });
}

/// A failure inside the library.
pub(crate) fn inside(message: &str) {
    say(LogLevel::Error, message);
}

/// What was found in packs that were loaded all the same.
#[cfg(feature = "read-packs")]
pub(crate) fn loaded(diagnostics: &[Diagnostic]) {
    for diagnostic in diagnostics {
        let level = match diagnostic.severity {
            Severity::Error => LogLevel::Error,
            Severity::Warning => LogLevel::Warning,
            Severity::Note => LogLevel::Note,
        };
        let place = diagnostic
            .labels
            .first()
            .map(|label| format!("{}:{}:{}: ", label.file, label.start_line, label.start_column));
        let place = place.unwrap_or_default();
        say(
            level,
            &format!("{place}{}: {}", diagnostic.code, diagnostic.message),
        );
    }
}

fn say(level: LogLevel, message: &str) {
    // The lock is not held during the call: the callback may set another one.
    let (callback, user) = {
        let sink = SINK.read().unwrap_or_else(PoisonError::into_inner);
        (sink.callback, sink.user)
    };
    let Some(callback) = callback else {
        return;
    };
    if INSIDE.replace(true) {
        return;
    }
    let text = format!("{message}\0");
    let message = Str {
        data: text.as_ptr().cast(),
        len: text.len() - 1,
    };
    // SAFETY: the program gave this function for this purpose, with this `user`.
    unsafe { callback(user, level, message) };
    INSIDE.set(false);
}
