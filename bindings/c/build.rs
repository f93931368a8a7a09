//! Names the shared library: `libliniment.so.MAJOR.MINOR`, and from 1.0 on `libliniment.so.MAJOR`.

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    let variable = |name: &str| std::env::var(name).unwrap_or_default();
    let linux = ["linux", "android", "freebsd", "netbsd", "openbsd"]
        .contains(&variable("CARGO_CFG_TARGET_OS").as_str());
    // cargo-c names it itself.
    if !linux || std::env::var_os("CARGO_FEATURE_CAPI").is_some() {
        return;
    }
    let version = match variable("CARGO_PKG_VERSION_MAJOR").as_str() {
        "0" => format!("0.{}", variable("CARGO_PKG_VERSION_MINOR")),
        major => major.to_owned(),
    };
    println!("cargo::rustc-cdylib-link-arg=-Wl,-soname,libliniment.so.{version}");
}
