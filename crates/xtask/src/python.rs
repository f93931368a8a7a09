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
        Environment::of_python(requirements, requirements, Path::new("python3"))
    }

    /// The same for a certain Python, under another name.
    pub(crate) fn of_python(requirements: &str, name: &str, python: &Path) -> Result<Environment, String> {
        let pins = Path::new(PACKAGE).join(format!("requirements/{requirements}.txt"));
        let wanted = std::fs::read_to_string(root().join(&pins))
            .map_err(|error| format!("{}: {error}", pins.display()))?;
        let environment = Environment::named(name);
        if environment.is_marked(&wanted) {
            return Ok(environment);
        }
        environment.make(python)?;
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
        Ok(environment)
    }

    /// An environment with nothing in it, made anew.
    pub(crate) fn empty(name: &str, python: &str) -> Result<Environment, String> {
        let environment = Environment::named(name);
        environment.make(Path::new(python))?;
        Ok(environment)
    }

    fn named(name: &str) -> Environment {
        Environment {
            folder: root().join("target/python").join(name),
        }
    }

    fn make(&self, python: &Path) -> Result<(), String> {
        if self.folder.exists() {
            std::fs::remove_dir_all(&self.folder)
                .map_err(|error| format!("{}: {error}", self.folder.display()))?;
        }
        let mut make = program(python, ["-m", "venv"]);
        make.arg(&self.folder);
        output(make).map(drop)
    }

    /// Finds the packages of another environment too, after its own.
    pub(crate) fn borrow(&self, other: &Environment) -> Result<(), String> {
        let name = Path::new("borrowed.pth");
        std::fs::write(
            self.packages()?.join(name),
            format!("{}\n", other.packages()?.display()),
        )
        .map_err(|error| format!("{}: {error}", name.display()))
    }

    /// The folder in which its packages are.
    fn packages(&self) -> Result<PathBuf, String> {
        let asked = self.python([
            "-c",
            "import sysconfig; print(sysconfig.get_path('purelib'), end='')",
        ]);
        Ok(PathBuf::from(output(asked)?))
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

/// The newest Python on this machine, if it is newer than `python3`: on the path, or one that pyenv has.
pub(crate) fn newest_python() -> Option<PathBuf> {
    let ask = "import ensurepip, sys, venv; print(sys.version_info[1], end='')";
    let minor = |python: &Path| {
        let asked = output(program(python, ["-c", ask])).ok();
        asked.and_then(|minor| minor.parse::<u32>().ok())
    };
    let on_path = (12..40).map(|minor| PathBuf::from(format!("python3.{minor}")));
    let pyenv = output(program("pyenv", ["root"])).map(|root| Path::new(root.trim()).join("versions"));
    let kept = pyenv.ok().and_then(|folder| std::fs::read_dir(folder).ok());
    let kept = kept.into_iter().flatten().flatten();
    let found = on_path.chain(kept.map(|entry| entry.path().join("bin/python3")));
    let newest = found
        .filter_map(|python| Some((minor(&python)?, python)))
        .max_by_key(|(minor, _)| *minor);
    let own = minor(Path::new("python3"));
    newest
        .filter(|(minor, _)| Some(*minor) > own)
        .map(|(_, python)| python)
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
