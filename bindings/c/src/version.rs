//! Versions.

use std::ffi::{CStr, c_char};

use crate::text::Str;

/// The version of the interface that this header describes; see `liniment_abi_version`.
pub const ABI_VERSION: u32 = 1;

const VERSION: &CStr = match CStr::from_bytes_with_nul(concat!(env!("CARGO_PKG_VERSION"), "\0").as_bytes()) {
    Ok(version) => version,
    Err(_) => c"",
};

/// The version of the library, `"0.1.0"`; never NULL, lives for ever. `LINIMENT_VERSION` is that of the
/// header.
#[unsafe(no_mangle)]
pub extern "C" fn liniment_version() -> *const c_char {
    VERSION.as_ptr()
}

/// The version of the binary interface, counted up when programs must be compiled anew. A program can
/// compare it with `LINIMENT_ABI_VERSION`.
#[unsafe(no_mangle)]
pub extern "C" fn liniment_abi_version() -> u32 {
    ABI_VERSION
}

/// The JSON Schema of everything that the library answers as JSON; lives for ever. Absent in a library without
/// tools.
#[unsafe(no_mangle)]
pub extern "C" fn liniment_result_schema() -> Str {
    #[cfg(feature = "tools")]
    {
        const SCHEMA: &str = concat!(
            include_str!("../../../crates/liniment/src/schema/result.json"),
            "\0"
        );
        Str {
            data: SCHEMA.as_ptr().cast::<c_char>(),
            len: SCHEMA.len() - 1,
        }
    }
    #[cfg(not(feature = "tools"))]
    Str::ABSENT
}
