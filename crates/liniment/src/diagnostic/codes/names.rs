//! Names: ids given twice, ids that nothing has.

super::declare! {}
