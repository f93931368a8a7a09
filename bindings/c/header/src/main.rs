//! Writes `liniment.h` to the standard output.

use std::error::Error;
use std::path::Path;

use cbindgen::{Builder, Config};

fn main() -> Result<(), Box<dyn Error>> {
    let library = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut config = Config::from_file(library.join("cbindgen.toml"))?;
    let macros = format!(
        "\n/** The version of this header; `liniment_version()` is that of the library. */\n\
         #define LINIMENT_VERSION \"{}\"\n\
         #define LINIMENT_VERSION_MAJOR {}\n\
         #define LINIMENT_VERSION_MINOR {}\n\
         #define LINIMENT_VERSION_PATCH {}\n\n\
         /** A stream of the Arrow C Data Interface; its definition comes with Arrow. */\n\
         struct ArrowArrayStream;",
        env!("CARGO_PKG_VERSION"),
        env!("CARGO_PKG_VERSION_MAJOR"),
        env!("CARGO_PKG_VERSION_MINOR"),
        env!("CARGO_PKG_VERSION_PATCH"),
    );
    config.after_includes = Some(macros);
    let header = Builder::new()
        .with_crate(library)
        .with_config(config)
        .generate()?;
    header.write(std::io::stdout().lock());
    Ok(())
}
