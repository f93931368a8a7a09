//! What machine this is, and how fast it reads memory.

use std::hint::black_box;

use cpu_time::ProcessTime;

/// A line for the page: processors, model, operating system, compiler.
pub(crate) fn described() -> String {
    let model = std::fs::read_to_string("/proc/cpuinfo").ok().and_then(|text| {
        let line = text.lines().find(|line| line.starts_with("model name"))?;
        line.split(':').nth(1).map(|model| model.trim().to_owned())
    });
    let flags = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let widest = ["avx512f", "avx2", "sse2"]
        .into_iter()
        .find(|flag| flags.contains(flag));
    let count = std::thread::available_parallelism().map_or(0, usize::from);
    format!(
        "{count} processors, {}, {} ({})",
        model.as_deref().unwrap_or("of a model that is not told"),
        widest.unwrap_or("no vector instructions known"),
        std::env::consts::OS
    )
}

/// Gigabytes a second that one core reads, of words far larger than its caches: the best of some rounds.
pub(crate) fn read_bandwidth() -> f64 {
    let words: Vec<u64> = (0..32 << 20).collect();
    let bytes = (words.len() * 8) as f64;
    let rounds = (0..7).map(|_| {
        let start = ProcessTime::now();
        let mut sums = [0u64; 8];
        for chunk in black_box(&words).chunks_exact(8) {
            for (sum, word) in sums.iter_mut().zip(chunk) {
                *sum = sum.wrapping_add(*word);
            }
        }
        black_box(sums);
        bytes / start.elapsed().as_secs_f64() / 1e9
    });
    rounds.fold(0.0, f64::max)
}
