//! Syntax and limits: what can be seen in one file alone.

super::declare! {
    /// Not RON.
    NOT_RON = "L0001", Error, "the text is not well formed", "";
}
