//! The C library: its header, its interface used from C and C++, its memory, its threads, its installation.

mod foreign;
mod header;
mod installed;
mod interface;
mod memory;
mod null_calls;
mod programs;

use super::{Step, Tool};

const CC: Tool = Tool {
    name: "cc",
    probe: &["cc", "--version"],
    install: "apt-get install gcc",
};
const CXX: Tool = Tool {
    name: "c++",
    probe: &["c++", "--version"],
    install: "apt-get install g++",
};
const NM: Tool = Tool {
    name: "nm",
    probe: &["nm", "--version"],
    install: "apt-get install binutils",
};
const VALGRIND: Tool = Tool {
    name: "valgrind",
    probe: &["valgrind", "--version"],
    install: "apt-get install valgrind",
};
const CMAKE: Tool = Tool {
    name: "cmake",
    probe: &["cmake", "--version"],
    install: "apt-get install cmake",
};
const MAKE: Tool = Tool {
    name: "make",
    probe: &["make", "--version"],
    install: "apt-get install make",
};
const PKG_CONFIG: Tool = Tool {
    name: "pkg-config",
    probe: &["pkg-config", "--version"],
    install: "apt-get install pkg-config",
};
const SQLITE: Tool = Tool {
    name: "sqlite3",
    probe: &["sqlite3", "--version"],
    install: "apt-get install sqlite3",
};
const PYTHON: Tool = Tool {
    name: "python3",
    probe: &["python3", "-m", "venv", "--help"],
    install: "apt-get install python3-venv",
};

pub(super) const STEPS: &[Step] = &[
    Step {
        name: "c-header",
        full: false,
        needs: &[CC, CXX],
        run: header::check,
    },
    Step {
        name: "c-interface",
        full: false,
        needs: &[CC, CXX, NM],
        run: interface::check,
    },
    Step {
        name: "c-memory",
        full: true,
        needs: &[CC, VALGRIND],
        run: memory::check,
    },
    Step {
        name: "c-foreign",
        full: true,
        needs: &[CC, PYTHON],
        run: foreign::check,
    },
    Step {
        name: "c-installed",
        full: true,
        needs: &[CC, CXX, CMAKE, MAKE, PKG_CONFIG, SQLITE],
        run: installed::check,
    },
];
