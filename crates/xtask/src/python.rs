//! The Python environment of the checks: under `target/`, with exactly the pinned packages.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use crate::steps::Tool;
use crate::workspace::{output, program, root, succeeds};

/// The folder of the package, from the root of the workspace.
pub(crate) const PACKAGE: &str = "bindings/python";

/// A Python that can make environments.
pub(crate) const PYTHON: Tool = Tool {
    name: "Python 3.11 or newer",
    probe: &[
        "python3",
        "-c",
        "import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))",
    ],
    install: "Debian has it as python3 with python3-venv",
};

/// An environment with what a file under `bindings/python/requirements/` pins.
pub(crate) struct Environment {
    folder: PathBuf,
}

impl Environment {
    /// The environment of these requirements; made when it is not there, or when they have changed.
    pub(crate) fn of(requirements: &str) -> Result<Environment, String> {
        let pins = Path::new(PACKAGE).join(format!("requirements/{requirements}.txt"));
        let wanted = std::fs::read_to_string(root().join(&pins))
            .map_err(|error| format!("{}: {error}", pins.display()))?;
        let environment = Environment::empty(requirements, &wanted)?;
        if !environment.is_marked(&wanted) {
            let file = pins.as_os_str();
            let fine = succeeds(environment.python([
                OsStr::new("-m"),
                OsStr::new("pip"),
                OsStr::new("install"),
                OsStr::new("--quiet"),
                OsStr::new("--disable-pip-version-check"),
                OsStr::new("--requirement"),
                file,
            ]))?;
            if !fine {
                return Err(format!("{} could not be installed", pins.display()));
            }
            environment.mark(&wanted)?;
        }
        Ok(environment)
    }

    /// An environment of this name; made anew unless it was marked with `keep`.
    pub(crate) fn empty(name: &str, keep: &str) -> Result<Environment, String> {
        let folder = root().join("target/python").join(name);
        let environment = Environment { folder };
        if environment.is_marked(keep) {
            return Ok(environment);
        }
        if environment.folder.exists() {
            std::fs::remove_dir_all(&environment.folder)
                .map_err(|error| format!("{}: {error}", environment.folder.display()))?;
        }
        let mut make = program("python3", ["-m", "venv"]);
        make.arg(&environment.folder);
        output(make)?;
        Ok(environment)
    }

    /// One of its programs.
    pub(crate) fn program<I: AsRef<OsStr>>(
        &self,
        name: &str,
        arguments: impl IntoIterator<Item = I>,
    ) -> Command {
        let mut command = program(self.folder.join("bin").join(name), arguments);
        // maturin and basedpyright look for the environment that they are in.
        command.env("VIRTUAL_ENV", &self.folder);
        command.current_dir(root().join(PACKAGE));
        command
    }

    /// Where its interpreter is.
    pub(crate) fn interpreter(&self) -> PathBuf {
        self.folder.join("bin/python")
    }

    /// Its interpreter, started in the root of the workspace.
    pub(crate) fn python<I: AsRef<OsStr>>(&self, arguments: impl IntoIterator<Item = I>) -> Command {
        let mut command = self.program("python", arguments);
        command.current_dir(root());
        command
    }

    fn is_marked(&self, content: &str) -> bool {
        std::fs::read_to_string(self.folder.join("installed")).is_ok_and(|found| found == content)
    }

    fn mark(&self, content: &str) -> Result<(), String> {
        std::fs::write(self.folder.join("installed"), content).map_err(|error| error.to_string())
    }
}

/// The environment of the checks with the package in it, built from this workspace.
pub(crate) fn built() -> Result<&'static Environment, String> {
    static BUILT: OnceLock<Result<Environment, String>> = OnceLock::new();
    let built = BUILT.get_or_init(|| {
        let environment = Environment::of("test")?;
        // Described for the stubs, so that the module is compiled once for both.
        let build = ["develop", "--quiet", "--locked", "--features", "stubs"];
        if succeeds(environment.program("maturin", build))? {
            Ok(environment)
        } else {
            Err("the extension module does not build".to_owned())
        }
    });
    built.as_ref().map_err(Clone::clone)
}
