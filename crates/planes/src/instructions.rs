//! Which instructions the machine has.

/// The widest instructions that evaluation may use. The answers are the same with all of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Instructions {
    /// Those that every processor of the kind has.
    Portable,
    /// AVX2, on x86-64.
    Avx2,
    /// AVX-512 (F, BW, DQ, VL), on x86-64.
    #[default]
    Avx512,
}

impl Instructions {
    /// The widest that this machine has.
    #[must_use]
    pub fn best() -> Self {
        #[cfg(target_arch = "x86_64")]
        {
            let avx2 = is_x86_feature_detected!("avx2")
                && is_x86_feature_detected!("bmi1")
                && is_x86_feature_detected!("bmi2")
                && is_x86_feature_detected!("popcnt")
                && is_x86_feature_detected!("lzcnt");
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

    /// These, or the widest that this machine has when it has not these.
    #[must_use]
    pub fn available(self) -> Self {
        self.min(Self::best())
    }
}

/// Defines a function three times, once for each set of instructions; the first argument says which to run.
/// Its body is inlined into each: the same one, or one for each.
#[doc(hidden)]
#[macro_export]
macro_rules! per_instructions {
    ($(#[$doc:meta])* $vis:vis fn $name:ident $([const $n:ident: $nt:ty])? ($($argument:ident: $type:ty),* $(,)?) $(-> $result:ty)? = $body:path;) => {
        $crate::per_instructions! {
            $(#[$doc])* $vis fn $name $([const $n: $nt])? ($($argument: $type),*) $(-> $result)? = $body, $body, $body;
        }
    };
    ($(#[$doc:meta])* $vis:vis fn $name:ident $([const $n:ident: $nt:ty])? ($($argument:ident: $type:ty),* $(,)?) $(-> $result:ty)? = $portable:path, $avx2:path, $avx512:path;) => {
        $(#[$doc])*
        #[inline]
        $vis fn $name $(<const $n: $nt>)? (instructions: Instructions, $($argument: $type),*) $(-> $result)? {
            #[cfg(target_arch = "x86_64")]
            {
                #[target_feature(enable = "avx2,bmi1,bmi2,popcnt,lzcnt")]
                fn avx2 $(<const $n: $nt>)? ($($argument: $type),*) $(-> $result)? {
                    $avx2($($argument),*)
                }
                #[target_feature(enable = "avx512f,avx512bw,avx512dq,avx512vl,avx2,bmi1,bmi2,popcnt,lzcnt")]
                fn avx512 $(<const $n: $nt>)? ($($argument: $type),*) $(-> $result)? {
                    $avx512($($argument),*)
                }
                #[expect(unsafe_code, reason = "the processor was asked whether it has the instructions")]
                match instructions {
                    // SAFETY: `Instructions::available` gives Avx512 only where all of these features are.
                    Instructions::Avx512 => return unsafe { avx512($($argument),*) },
                    // SAFETY: as above, for AVX2.
                    Instructions::Avx2 => return unsafe { avx2($($argument),*) },
                    _ => {}
                }
            }
            $portable($($argument),*)
        }
    };
}
#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn never_wider_than_the_machine() {
        for wanted in [Instructions::Portable, Instructions::Avx2, Instructions::Avx512] {
            assert!(wanted.available() <= wanted);
            assert!(wanted.available() <= Instructions::best());
        }
    }
}
