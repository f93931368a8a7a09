//! Which instructions the machine has.

/// The widest instructions that the machine has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in super::super) enum Instructions {
    Portable,
    Avx2,
    Avx512,
}

impl Instructions {
    pub(in super::super) fn best() -> Self {
        #[cfg(target_arch = "x86_64")]
        {
            let avx2 = is_x86_feature_detected!("avx2")
                && is_x86_feature_detected!("bmi1")
                && is_x86_feature_detected!("bmi2");
            let avx512 = is_x86_feature_detected!("avx512f")
                && is_x86_feature_detected!("avx512bw")
                && is_x86_feature_detected!("avx512dq")
                && is_x86_feature_detected!("avx512vl");
            match (avx2, avx512) {
                (true, true) => return Instructions::Avx512,
                (true, false) => return Instructions::Avx2,
                _ => {}
            }
        }
        Instructions::Portable
    }
}

macro_rules! per_instructions {
    (fn $name:ident ($($argument:ident: $type:ty),* $(,)?) = $body:path;) => {
        fn $name(instructions: Instructions, $($argument: $type),*) {
            #[cfg(target_arch = "x86_64")]
            {
                #[target_feature(enable = "avx2,bmi1,bmi2")]
                fn avx2($($argument: $type),*) {
                    $body($($argument),*)
                }
                #[target_feature(enable = "avx512f,avx512bw,avx512dq,avx512vl,avx2,bmi1,bmi2")]
                fn avx512($($argument: $type),*) {
                    $body($($argument),*)
                }
                #[expect(unsafe_code, reason = "the processor was asked whether it has the instructions")]
                match instructions {
                    // SAFETY: Avx512 is given only where the processor has all of these.
                    Instructions::Avx512 => return unsafe { avx512($($argument),*) },
                    // SAFETY: as above, for AVX2.
                    Instructions::Avx2 => return unsafe { avx2($($argument),*) },
                    Instructions::Portable => {}
                }
            }
            $body($($argument),*)
        }
    };
}
pub(super) use per_instructions;
