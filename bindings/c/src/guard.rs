//! The door of every function: handles are looked at, panics stop here, errors are handed over.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, Ordering};

use crate::error::{Error, Failure};
use crate::log;
use crate::status::Status;
use crate::text::{Text, empty, give, needed};

pub(crate) type Outcome = Result<(), Failure>;

/// Set when a call failed inside: what the handle holds may be half done.
#[derive(Debug, Default)]
pub(crate) struct Poison(AtomicBool);

impl Poison {
    fn is_set(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }

    fn set(&self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

/// A handle that can be poisoned.
pub(crate) trait Handle {
    /// What the parameter is called in the header.
    const NAME: &'static str;
    fn poison(&self) -> &Poison;
}

/// A function without a handle.
pub(crate) fn enter(error: Option<&mut *mut Error>, work: impl FnOnce() -> Outcome) -> Status {
    let mut work = Some(work);
    guarded("", Door::Open, error, &mut || match work.take() {
        Some(work) => work(),
        None => Ok(()),
    })
}

/// A function that reads a handle.
pub(crate) fn enter_on<T: Handle>(
    handle: Option<&T>,
    error: Option<&mut *mut Error>,
    work: impl FnOnce(&T) -> Outcome,
) -> Status {
    let mut work = Some(work);
    let status = guarded(
        T::NAME,
        Door::of(handle),
        error,
        &mut || match (handle, work.take()) {
            (Some(handle), Some(work)) => work(handle),
            _ => Ok(()),
        },
    );
    if let (Status::Panic, Some(handle)) = (status, handle) {
        handle.poison().set();
    }
    status
}

/// A function that changes a handle.
pub(crate) fn enter_mut<T: Handle>(
    mut handle: Option<&mut T>,
    error: Option<&mut *mut Error>,
    work: impl FnOnce(&mut T) -> Outcome,
) -> Status {
    let mut work = Some(work);
    let door = Door::of(handle.as_deref());
    let status = guarded(
        T::NAME,
        door,
        error,
        &mut || match (handle.as_deref_mut(), work.take()) {
            (Some(handle), Some(work)) => work(handle),
            _ => Ok(()),
        },
    );
    if let (Status::Panic, Some(handle)) = (status, handle) {
        handle.poison().set();
    }
    status
}

/// As [`enter_mut`], made anew for each function that uses it: for those that programs call in their loops.
#[inline(always)]
pub(crate) fn enter_mut_fast<T: Handle>(
    handle: Option<&mut T>,
    error: Option<&mut *mut Error>,
    work: impl FnOnce(&mut T) -> Outcome,
) -> Status {
    match handle {
        Some(handle) if !handle.poison().is_set() => {
            match catch_unwind(AssertUnwindSafe(|| work(&mut *handle))) {
                Ok(Ok(())) => {
                    if let Some(error) = error {
                        *error = std::ptr::null_mut();
                    }
                    Status::Ok
                }
                Ok(Err(failure)) => leave(Err(failure), error),
                Err(payload) => {
                    handle.poison().set();
                    leave(Err(panicked(payload)), error)
                }
            }
        }
        handle => guarded(T::NAME, Door::of(handle.as_deref()), error, &mut || Ok(())),
    }
}

/// Whether a function may do its work.
#[derive(Clone, Copy)]
enum Door {
    Open,
    Null,
    Poisoned,
}

impl Door {
    fn of<T: Handle>(handle: Option<&T>) -> Self {
        match handle {
            None => Self::Null,
            Some(handle) if handle.poison().is_set() => Self::Poisoned,
            Some(_) => Self::Open,
        }
    }
}

/// What all functions have in common, once: inlined into each of them it was a tenth of the library for devices.
#[inline(never)]
fn guarded(
    name: &'static str,
    door: Door,
    error: Option<&mut *mut Error>,
    work: &mut dyn FnMut() -> Outcome,
) -> Status {
    let outcome = match door {
        Door::Null => Err(Failure::null(name)),
        Door::Poisoned => Err(Failure::poisoned(name)),
        Door::Open => catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|payload| Err(panicked(payload))),
    };
    leave(outcome, error)
}

/// A function that reads a handle and gives a text away, which its header calls `what`.
pub(crate) fn enter_text<T: Handle>(
    handle: Option<&T>,
    mut text: Option<&mut Text>,
    what: &'static str,
    error: Option<&mut *mut Error>,
    work: impl FnOnce(&T) -> Result<String, Failure>,
) -> Status {
    empty(&mut text);
    enter_on(handle, error, |handle| {
        needed(text.as_ref(), what)?;
        give(text, work(handle)?, what)
    })
}

/// A function that reads a handle and makes a new one, which its header calls `what`.
pub(crate) fn enter_new<T: Handle, N>(
    handle: Option<&T>,
    mut out: Option<&mut *mut N>,
    what: &'static str,
    error: Option<&mut *mut Error>,
    work: impl FnOnce(&T) -> Result<N, Failure>,
) -> Status {
    nothing_yet(&mut out);
    enter_on(handle, error, |handle| {
        needed(out.as_ref(), what)?;
        hand_over(out, work(handle)?, what)
    })
}

/// A function without a handle that makes a new one, which its header calls `what`.
pub(crate) fn enter_made<N>(
    mut out: Option<&mut *mut N>,
    what: &'static str,
    error: Option<&mut *mut Error>,
    work: impl FnOnce() -> Result<N, Failure>,
) -> Status {
    nothing_yet(&mut out);
    enter(error, || {
        needed(out.as_ref(), what)?;
        hand_over(out, work()?, what)
    })
}

/// A function that answers a plain value: `nothing` for NULL, a poisoned handle and a panic.
pub(crate) fn answer<T: Handle, R>(handle: Option<&T>, nothing: R, work: impl FnOnce(&T) -> R) -> R {
    match handle {
        Some(handle) if !handle.poison().is_set() => match catch_unwind(AssertUnwindSafe(|| work(handle))) {
            Ok(answer) => answer,
            Err(payload) => {
                handle.poison().set();
                drop_payload(payload);
                nothing
            }
        },
        _ => nothing,
    }
}

/// A function that frees.
pub(crate) fn enter_free(work: impl FnOnce()) {
    if let Err(payload) = catch_unwind(AssertUnwindSafe(work)) {
        drop_payload(payload);
    }
}

/// Frees a handle; NULL is fine.
///
/// # Safety
/// The handle is NULL or came from `Box::into_raw`, and is not used again.
pub(crate) unsafe fn free<T>(handle: *mut T) {
    enter_free(|| {
        if !handle.is_null() {
            // SAFETY: asked of the caller.
            drop(unsafe { Box::from_raw(handle) });
        }
    });
}

/// Hands a new handle over.
pub(crate) fn hand_over<T>(out: Option<&mut *mut T>, value: T, what: &'static str) -> Outcome {
    let out = out.ok_or_else(|| Failure::null(what))?;
    *out = Box::into_raw(Box::new(value));
    Ok(())
}

/// Empties an out-parameter, so that it holds nothing where the call fails.
pub(crate) fn nothing_yet<T>(out: &mut Option<&mut *mut T>) {
    if let Some(out) = out {
        **out = std::ptr::null_mut();
    }
}

/// What a part of the library answers, of which it may have been built without.
macro_rules! only_with {
    ($feature:literal, $part:literal, ($($used:ident),+), $work:block) => {{
        #[cfg(feature = $feature)]
        $work
        #[cfg(not(feature = $feature))]
        {
            let _ = ($($used),+);
            Err($crate::error::Failure::unsupported($part))
        }
    }};
}
pub(crate) use only_with;

/// What becomes of a panic.
fn panicked(payload: Box<dyn Any + Send>) -> Failure {
    let message = payload
        .downcast_ref::<&str>()
        .map(|text| (*text).to_owned())
        .or_else(|| payload.downcast_ref::<String>().cloned())
        .unwrap_or_default();
    drop_payload(payload);
    log::inside(&message);
    Failure::panic(message)
}

/// What a panic carries may panic itself when it is dropped.
pub(crate) fn drop_payload(payload: Box<dyn Any + Send>) {
    if let Err(again) = catch_unwind(AssertUnwindSafe(|| drop(payload))) {
        std::mem::forget(again);
    }
}

#[inline(never)]
fn leave(outcome: Outcome, error: Option<&mut *mut Error>) -> Status {
    match (outcome, error) {
        (Ok(()), None) => Status::Ok,
        (Ok(()), Some(error)) => {
            *error = std::ptr::null_mut();
            Status::Ok
        }
        (Err(failure), None) => failure.status(),
        (Err(failure), Some(error)) => {
            let status = failure.status();
            let made = catch_unwind(AssertUnwindSafe(|| Box::into_raw(Box::new(Error::new(failure)))));
            *error = made.unwrap_or_else(|payload| {
                drop_payload(payload);
                std::ptr::null_mut()
            });
            status
        }
    }
}
