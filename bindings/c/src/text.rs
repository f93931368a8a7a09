//! Texts and lists as C has them, in both directions.

use std::ffi::c_char;

use crate::error::Failure;
use crate::guard::{Outcome, enter_free};

/// A text that belongs to somebody else: UTF-8, `len` bytes at `data`.
///
/// Texts that the library hands out also have a zero byte at `data[len]`, so that `printf("%s")` can take
/// them. They live as long as the thing they came from. Where a text is absent, `data` is NULL.
///
/// Texts that you hand over need no zero byte. The library copies what it keeps.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct Str {
    /// The first byte; NULL where the text is absent.
    pub data: *const c_char,
    /// The number of bytes, without the zero byte.
    pub len: usize,
}

/// A list of texts that belongs to somebody else.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct Strs {
    /// The first of them; NULL when there are none.
    pub items: *const Str,
    /// How many.
    pub count: usize,
}

/// A text that is yours, to be freed with `liniment_text_free`. It has a zero byte at `data[len]`.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct Text {
    /// The first byte; NULL when there is none.
    pub data: *mut c_char,
    /// The number of bytes, without the zero byte.
    pub len: usize,
}

/// Bytes that are yours, to be freed with `liniment_bytes_free`.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct Bytes {
    /// The first byte; NULL when there are none.
    pub data: *mut u8,
    /// How many.
    pub len: usize,
}

/// How many bytes a name may have.
const LONGEST_NAME: usize = 65_535;

impl Str {
    /// No text.
    pub(crate) const ABSENT: Str = Str {
        data: std::ptr::null(),
        len: 0,
    };

    /// The bytes of an argument. An absent text is not an empty one.
    pub(crate) fn bytes<'a>(self, what: &'static str) -> Result<&'a [u8], Failure> {
        if self.data.is_null() {
            return Err(Failure::null(what));
        }
        list(self.data.cast::<u8>(), self.len, what)
    }

    /// An argument that is a text: UTF-8, no zero byte.
    pub(crate) fn text<'a>(self, what: &'static str) -> Result<&'a str, Failure> {
        let text = std::str::from_utf8(self.bytes(what)?).map_err(|error| {
            Failure::text(what, format!("is not UTF-8 from byte {} on", error.valid_up_to()))
        })?;
        match text.bytes().position(|byte| byte == 0) {
            Some(at) => Err(Failure::text(what, format!("has a zero byte at {at}"))),
            None => Ok(text),
        }
    }

    /// An argument that is a name or a short word.
    pub(crate) fn name<'a>(self, what: &'static str) -> Result<&'a str, Failure> {
        if self.len > LONGEST_NAME {
            return Err(Failure::text(
                what,
                format!("has {} bytes; {LONGEST_NAME} are allowed", self.len),
            ));
        }
        self.text(what)
    }
}

/// A list that C handed over; NULL only where it is empty.
pub(crate) fn list<'a, T>(items: *const T, count: usize, what: &'static str) -> Result<&'a [T], Failure> {
    if items.is_null() {
        return if count == 0 {
            Ok(&[])
        } else {
            Err(Failure::null(what))
        };
    }
    let bytes = count.checked_mul(size_of::<T>().max(1));
    if bytes.is_none_or(|bytes| bytes > isize::MAX as usize) {
        return Err(Failure::argument(format!(
            "`{what}` cannot have {count} elements"
        )));
    }
    // SAFETY: not NULL, no larger than memory can be; the header asks callers for `count` readable elements
    // that stay as they are during the call.
    Ok(unsafe { std::slice::from_raw_parts(items, count) })
}

/// A list to be written to.
pub(crate) fn list_mut<'a, T>(
    items: *mut T,
    count: usize,
    what: &'static str,
) -> Result<&'a mut [T], Failure> {
    if list(items.cast_const(), count, what)?.is_empty() {
        return Ok(&mut []);
    }
    // SAFETY: as above; the header asks for writable elements that nobody else uses during the call.
    Ok(unsafe { std::slice::from_raw_parts_mut(items, count) })
}

/// A text to give away.
pub(crate) fn give(text: Option<&mut Text>, value: String, what: &'static str) -> Outcome {
    let text = text.ok_or_else(|| Failure::null(what))?;
    let len = value.len();
    let mut bytes = value.into_bytes();
    bytes.reserve_exact(1);
    bytes.push(0);
    let bytes = Box::into_raw(bytes.into_boxed_slice());
    *text = Text {
        data: bytes.cast::<c_char>(),
        len,
    };
    Ok(())
}

/// Empties an out-parameter, so that it holds nothing where the call fails.
pub(crate) fn empty(text: &mut Option<&mut Text>) {
    if let Some(text) = text {
        **text = Text {
            data: std::ptr::null_mut(),
            len: 0,
        };
    }
}

/// Bytes to give away.
#[cfg(feature = "read-packs")]
pub(crate) fn give_bytes(out: Option<&mut Bytes>, value: Vec<u8>, what: &'static str) -> Outcome {
    let out = out.ok_or_else(|| Failure::null(what))?;
    let len = value.len();
    let data = Box::into_raw(value.into_boxed_slice()).cast::<u8>();
    *out = Bytes { data, len };
    Ok(())
}

/// Empties an out-parameter, so that it holds nothing where the call fails.
pub(crate) fn no_bytes(bytes: &mut Option<&mut Bytes>) {
    if let Some(bytes) = bytes {
        **bytes = Bytes {
            data: std::ptr::null_mut(),
            len: 0,
        };
    }
}

/// A struct whose first field is its size, set by the caller: it can grow in later versions.
///
/// # Safety
/// The type is `repr(C)`, its first field is `size: usize`, and all its bytes may be zero.
pub(crate) unsafe trait Grows: Copy {
    /// How large it was in the first version of it: programs compiled then still pass that.
    const FIRST_SIZE: usize = size_of::<Self>();
}

/// Fills a struct for the caller, as far as the caller's version of it reaches.
pub(crate) fn fill<T: Grows>(out: *mut T, value: T, what: &'static str) -> Outcome {
    let value = (&raw const value).cast::<u8>();
    // SAFETY: `value` is a `T`, and what `Grows` asks of `T` and the header of `out` is what is needed.
    unsafe { fill_bytes(out.cast(), value, size_of::<T>(), T::FIRST_SIZE, what) }
}

/// The same for structs of any type.
///
/// # Safety
/// There are `known` bytes at `value`, a struct whose first field is a `usize`; `out` is NULL or such a struct, as large
/// as that field says.
unsafe fn fill_bytes(
    out: *mut u8,
    value: *const u8,
    known: usize,
    first: usize,
    what: &'static str,
) -> Outcome {
    if out.is_null() {
        return Err(Failure::null(what));
    }
    // SAFETY: not NULL, and the header asks for a struct whose first field says how large it is.
    let size = unsafe { out.cast::<usize>().read() };
    if size < first || size > known * 16 {
        return Err(Failure::argument(format!(
            "`{what}.size` is {size}; set it to the size of the struct, {known}"
        )));
    }
    let shared = size.min(known);
    // SAFETY: the caller's struct has `size` bytes. An earlier version is filled as far as it reaches; what a
    // later one added is zeroed. The first field keeps what the caller wrote.
    unsafe {
        out.copy_from_nonoverlapping(value, shared);
        out.add(shared).write_bytes(0, size - shared);
        out.cast::<usize>().write(size);
    }
    Ok(())
}

/// Fills a struct with an entry of a list.
pub(crate) fn entry<T: Grows>(items: &[T], index: usize, out: *mut T, what: &'static str) -> Outcome {
    match items.get(index) {
        Some(found) => fill(out, *found, what),
        None => Err(no_entry(out.is_null(), items.len(), index, what)),
    }
}

#[cold]
fn no_entry(nowhere: bool, count: usize, index: usize, what: &'static str) -> Failure {
    if nowhere {
        return Failure::null(what);
    }
    Failure::argument(format!(
        "there is no {what} {index}; there are {count}, counted from 0"
    ))
}

/// Refuses a NULL before anything else is looked at.
pub(crate) fn needed<T>(out: Option<&T>, what: &'static str) -> Outcome {
    out.map(|_| ()).ok_or_else(|| Failure::null(what))
}

/// Frees a text that the library gave away, and empties it. NULL and an empty text are fine.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn liniment_text_free(text: Option<&mut Text>) {
    enter_free(|| {
        let Some(text) = text else {
            return;
        };
        if !text.data.is_null() {
            let bytes = std::ptr::slice_from_raw_parts_mut(text.data.cast::<u8>(), text.len + 1);
            // SAFETY: `give` made it from a box of this length; it is emptied below, so that it is freed once.
            drop(unsafe { Box::from_raw(bytes) });
        }
        *text = Text {
            data: std::ptr::null_mut(),
            len: 0,
        };
    });
}

/// Frees bytes that the library gave away, and empties them. NULL and what was freed before are fine.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn liniment_bytes_free(bytes: Option<&mut Bytes>) {
    enter_free(|| {
        let Some(bytes) = bytes else {
            return;
        };
        if !bytes.data.is_null() {
            let all = std::ptr::slice_from_raw_parts_mut(bytes.data, bytes.len);
            // SAFETY: `give_bytes` made it from a box of this length; it is emptied below, so that it is freed once.
            drop(unsafe { Box::from_raw(all) });
        }
        no_bytes(&mut Some(bytes));
    });
}
