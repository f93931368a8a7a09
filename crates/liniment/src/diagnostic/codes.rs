//! Every code, declared once.
