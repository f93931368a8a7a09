//! Runs the command as its users do.

mod advise;
mod ask;
mod bad_cases;
mod bad_packs;
mod batch;
mod commands;
mod common;
mod compile;
mod faults;
mod pages;
mod result_schema;
