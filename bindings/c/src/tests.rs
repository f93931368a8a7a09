//! What only tests inside the library can reach: a function that panics, in builds for tests alone.
#![expect(clippy::panic, reason = "the panic is what is tested")]

use std::ffi::c_void;
use std::ptr::null_mut;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::*;
use crate::guard::{answer, enter, enter_mut, enter_on};

/// A payload that panics when it is dropped.
struct Spiteful;

impl Drop for Spiteful {
    fn drop(&mut self) {
        panic!("again");
    }
}

unsafe extern "C" fn panic_on(case: Option<&mut Case>, error: Option<&mut *mut Error>) -> Status {
    enter_mut(case, error, |_| panic!("forced"))
}

unsafe extern "C" fn panic_spitefully(case: Option<&Case>, error: Option<&mut *mut Error>) -> Status {
    enter_on(case, error, |_| std::panic::panic_any(Spiteful))
}

unsafe extern "C" fn panic_in_an_answer(advice: Option<&Advice>) -> usize {
    answer(advice, 7, |_| panic!("forced"))
}

static HEARD: AtomicUsize = AtomicUsize::new(0);

unsafe extern "C" fn hear(_user: *mut c_void, level: LogLevel, _message: Str) {
    if level == LogLevel::Error {
        HEARD.fetch_add(1, Ordering::Relaxed);
    }
}

fn loaded() -> *mut Kb {
    let mut kb = null_mut();
    // SAFETY: no names are read when their count is 0.
    let status = unsafe { liniment_kb_builtin(std::ptr::null(), 0, Some(&mut kb), None) };
    assert_eq!(status, Status::Ok);
    kb
}

fn case_of(kb: *mut Kb) -> *mut Case {
    let mut case = null_mut();
    // SAFETY: the handle was made by `loaded`.
    let status = unsafe { liniment_case_new(kb.as_ref(), Some(&mut case), None) };
    assert_eq!(status, Status::Ok);
    case
}

#[test]
fn a_panic_is_a_status_and_poisons_one_handle() {
    let kb = loaded();
    let (hit, spared) = (case_of(kb), case_of(kb));
    // SAFETY: all handles were made above and are freed once, at the end.
    unsafe {
        liniment_set_log(Some(hear), null_mut());
        let mut error = null_mut();
        assert_eq!(panic_on(hit.as_mut(), Some(&mut error)), Status::Panic);
        let message = liniment_error_message(error.as_ref());
        assert_eq!(
            message.text("message").ok(),
            Some("the library failed inside: forced")
        );
        assert_eq!(liniment_error_status(error.as_ref()), Status::Panic);
        liniment_error_free(error);
        assert!(HEARD.load(Ordering::Relaxed) >= 1);
        liniment_set_log(None, null_mut());

        let mut codes = vec![0; liniment_kb_advice_count(kb.as_ref())];
        let verdicts = |case: *mut Case, codes: &mut Vec<u8>| {
            liniment_verdicts(case.as_ref(), codes.as_mut_ptr(), codes.len(), None)
        };
        assert_eq!(verdicts(hit, &mut codes), Status::Poisoned);
        assert_eq!(
            liniment_case_clear(hit.as_mut(), Some(&mut error)),
            Status::Poisoned
        );
        assert_eq!(liniment_error_status(error.as_ref()), Status::Poisoned);
        liniment_error_free(error);
        assert_eq!(verdicts(spared, &mut codes), Status::Ok);
        assert_eq!(panic_spitefully(spared.as_ref(), None), Status::Panic);
        assert_eq!(verdicts(spared, &mut codes), Status::Poisoned);

        let other = case_of(kb);
        assert_eq!(verdicts(other, &mut codes), Status::Ok);
        let mut advice = null_mut();
        assert_eq!(
            liniment_advise(other.as_ref(), Some(&mut advice), None),
            Status::Ok
        );
        assert_eq!(panic_in_an_answer(advice.as_ref()), 7);
        assert_eq!(liniment_advice_count(advice.as_ref()), 0);
        liniment_advice_free(advice);
        for case in [hit, spared, other] {
            liniment_case_free(case);
        }
        liniment_kb_free(kb);
    }
}

#[test]
fn without_a_handle_too() {
    let mut error = null_mut();
    assert_eq!(enter(Some(&mut error), || panic!("forced")), Status::Panic);
    // SAFETY: made by the call before.
    unsafe { liniment_error_free(error) };
}

#[test]
fn handles_that_are_shared_can_be() {
    fn shared<T: Send + Sync>() {}
    shared::<liniment::KnowledgeBase>();
    shared::<crate::kb_info::View>();
    shared::<crate::arena::Arena>();
    shared::<Kb>();
    shared::<Batch>();
}

/// A struct that had `second` added to it.
#[repr(C)]
#[derive(Clone, Copy, Debug, PartialEq)]
struct Grown {
    size: usize,
    first: u64,
    second: u64,
}

// SAFETY: repr(C) with `size` first, and zeros are numbers.
unsafe impl crate::text::Grows for Grown {
    const FIRST_SIZE: usize = 16;
}

#[test]
fn a_struct_is_filled_as_far_as_the_program_knows_it() {
    let value = Grown {
        size: 0,
        first: 7,
        second: 8,
    };
    let filled = |size| {
        let mut out = Grown {
            size,
            first: 1,
            second: 2,
        };
        (crate::text::fill(&mut out, value, "out").is_ok(), out)
    };
    let as_is = |size, first, second| Grown { size, first, second };
    assert_eq!(filled(16), (true, as_is(16, 7, 2)));
    assert_eq!(filled(24), (true, as_is(24, 7, 8)));
    assert_eq!(filled(8), (false, as_is(8, 1, 2)));
}

#[test]
fn every_verdict_has_its_number() {
    for verdict in liniment::Verdict::ALL {
        let name = liniment_verdict_name(verdict.code());
        // SAFETY: names live for ever.
        let name = unsafe { std::ffi::CStr::from_ptr(name) };
        assert_eq!(name.to_str().ok(), Some(verdict.name()));
    }
}
