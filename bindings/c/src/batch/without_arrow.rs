//! What is promised of both streams holds in a library without batches, too.

use std::ffi::c_void;

use super::ArrowArrayStream;
use crate::guard::enter_free;

/// A stream as Arrow publishes it; only its release is used here.
#[repr(C)]
struct Entries {
    reading: [*mut c_void; 3],
    release: Option<unsafe extern "C" fn(*mut Entries)>,
    private_data: *mut c_void,
}

/// Releases the caller's stream.
pub(super) fn release(rows: *mut ArrowArrayStream) {
    enter_free(|| {
        // SAFETY: NULL, or a stream of the C Data Interface that the header asks for and hands over to us.
        if let Some(rows) = unsafe { rows.cast::<Entries>().as_mut() }
            && let Some(release) = rows.release
        {
            // SAFETY: the stream was not released yet, and is not used again.
            unsafe { release(rows) };
            rows.release = None;
        }
    });
}

/// Writes a released stream.
pub(super) fn clear(advice: *mut ArrowArrayStream) {
    if !advice.is_null() {
        let nothing = Entries {
            reading: [std::ptr::null_mut(); 3],
            release: None,
            private_data: std::ptr::null_mut(),
        };
        // SAFETY: not NULL, and the header asks for room for a stream that holds none.
        unsafe { advice.cast::<Entries>().write(nothing) };
    }
}
