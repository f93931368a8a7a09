//! Where the output goes: whole, or not at all.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

/// What is written to.
pub(crate) type Sink = BufWriter<Box<dyn Write + Send>>;

/// A place for the output.
pub(crate) enum Target {
    Stdout,
    /// Something that is there and no plain file, such as a pipe or a device: written as it is.
    Device(PathBuf),
    /// A file beside the one that is meant, which takes its name at the end.
    File {
        temporary: NamedTempFile,
        path: PathBuf,
    },
}

impl Target {
    pub(crate) fn open(name: &str) -> io::Result<Target> {
        if name == "-" {
            return Ok(Target::Stdout);
        }
        // What a link stands for is what is meant.
        let path = std::fs::canonicalize(name).unwrap_or_else(|_| PathBuf::from(name));
        if path.metadata().is_ok_and(|found| found.is_dir()) {
            return Err(io::Error::other("this is a folder"));
        }
        if path.metadata().is_ok_and(|found| !found.is_file()) {
            return Ok(Target::Device(path));
        }
        let folder = path
            .parent()
            .filter(|folder| !folder.as_os_str().is_empty())
            .unwrap_or(Path::new("."));
        let mut builder = tempfile::Builder::new();
        builder.prefix(".liniment-").suffix(".part");
        // Such as any new file has; by themselves temporary files are for their owner alone.
        #[cfg(unix)]
        builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
        let temporary = builder.tempfile_in(folder)?;
        Ok(Target::File { temporary, path })
    }

    pub(crate) fn sink(&self) -> io::Result<Sink> {
        let sink: Box<dyn Write + Send> = match self {
            Target::Stdout => Box::new(io::stdout()),
            Target::Device(path) => Box::new(File::options().write(true).open(path)?),
            Target::File { temporary, .. } => Box::new(temporary.reopen()?),
        };
        Ok(BufWriter::with_capacity(1 << 16, sink))
    }

    /// Whether it is written from start to end, never again from its start.
    #[cfg(feature = "batch")]
    pub(crate) fn is_stream(&self) -> bool {
        !matches!(self, Target::File { .. })
    }

    /// The file that is not yet what it is to be.
    #[cfg(feature = "batch")]
    pub(crate) fn temporary(&self) -> Option<PathBuf> {
        match self {
            Target::File { temporary, .. } => Some(temporary.path().to_owned()),
            _ => None,
        }
    }

    /// The output is whole.
    pub(crate) fn keep(self) -> io::Result<()> {
        match self {
            Target::Stdout => io::stdout().flush(),
            Target::Device(_) => Ok(()),
            Target::File { temporary, path } => {
                temporary.as_file().sync_all()?;
                temporary.persist(path).map(drop).map_err(|error| error.error)
            }
        }
    }
}
