//! Writes a workload as a pack: `cargo run -p liniment-workloads --example write -- b 1000 FOLDER`.

use std::{env, fs, io, path::Path};

use liniment_workloads::{ranges_only, shared_condition, sparse, workload_a, workload_b};

fn main() -> io::Result<()> {
    let words: Vec<String> = env::args().skip(1).collect();
    let [name, rules, folder] = words.as_slice() else {
        return Err(io::Error::other(
            "expected: a|b|b100|ranges|shared|sparse RULES FOLDER",
        ));
    };
    let rules: usize = rules.parse().map_err(io::Error::other)?;
    let workload = match name.as_str() {
        "a" => workload_a(),
        "b" => workload_b(rules, rules),
        "b100" => workload_b(rules, 100),
        "ranges" => ranges_only(rules),
        "shared" => shared_condition(rules),
        "sparse" => sparse(rules),
        _ => return Err(io::Error::other(format!("there is no workload `{name}`"))),
    };
    fs::create_dir_all(folder)?;
    for (file, text) in workload.files() {
        fs::write(Path::new(folder).join(file), text)?;
    }
    Ok(())
}
