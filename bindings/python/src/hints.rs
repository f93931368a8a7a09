//! Objects of Python whose class the stubs name.

use pyo3::prelude::*;

/// Declares wrappers around objects of classes that are written in Python.
macro_rules! named {
    ($($(#[$doc:meta])* $name:ident: $module:literal, $class:literal;)+) => {
        $(
            $(#[$doc])*
            pub(crate) struct $name<'py>(pub(crate) Bound<'py, PyAny>);

            impl<'py> IntoPyObject<'py> for $name<'py> {
                type Target = PyAny;
                type Output = Bound<'py, PyAny>;
                type Error = std::convert::Infallible;

                #[cfg(feature = "stubs")]
                const OUTPUT_TYPE: pyo3::inspect::PyStaticExpr = pyo3::inspect::PyStaticExpr::Attribute {
                    value: &pyo3::inspect::PyStaticExpr::Name { id: $module },
                    attr: $class,
                };

                fn into_pyobject(self, _py: Python<'py>) -> Result<Self::Output, Self::Error> {
                    Ok(self.0)
                }
            }
        )+
    };
}

named! {
    /// A member of `liniment.Verdict`.
    VerdictMember: "liniment.verdict", "Verdict";
    /// A `liniment.KnowledgeBase`: the package makes no other engine.
    OfPackage: "liniment.knowledge_base", "KnowledgeBase";
    /// A dict with names as its keys.
    JsonObject: "liniment.results", "JsonObject";
    /// An iterator over names.
    Names: "liniment.results", "Names";
    /// What a pickle holds.
    Reduced: "liniment.results", "Reduced";
}
