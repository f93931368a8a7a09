//! The `liniment` command.
//!
//! It exits with 0 when all is well, 1 when a pack or a case is at fault, 2 when it is called wrongly. It
//! reads no environment variables.

mod commands;
mod input;
mod output;
mod packs;
mod progress;
mod target;
mod text;

use std::process::ExitCode;

use clap::{CommandFactory, Parser, Subcommand, ValueEnum};

use output::Output;

/// Advice from rule packs: what to do, what to leave, what must wait, and why
#[derive(Parser)]
#[command(name = "liniment", version, term_width = 80, subcommand_required = true)]
struct Arguments {
    /// When to colour the output
    #[arg(long, global = true, value_enum, default_value_t = Colour::Auto, value_name = "WHEN")]
    color: Colour,
    #[command(subcommand)]
    command: Command,
}

/// When to colour. `Auto` is on a terminal.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Colour {
    Auto,
    Always,
    Never,
}

#[derive(Subcommand)]
enum Command {
    /// Advise on a case
    Advise(commands::advise::Arguments),
    /// Ask for a case question by question, and advise on it
    Ask(commands::ask::Arguments),
    /// Say why a case gets a piece of advice, or why not, and what would change it
    Explain(commands::explain::Arguments),
    /// Show the advice as time passes
    Plan(commands::plan::Arguments),
    /// Advise on a table of cases
    #[cfg(feature = "batch")]
    Batch(commands::batch::Arguments),
    /// Report what is wrong with packs
    Check(commands::check::Arguments),
    /// Run the packs' own cases, and show which rules they reach
    Test(commands::test::Arguments),
    /// List the packs that are built in
    Packs(commands::packs::Arguments),
    /// Print the JSON Schema of cases or of results
    Schema(commands::schema::Arguments),
    /// Write packs as source text of another language, so that their misuse does not compile
    Codegen(commands::codegen::Arguments),
    /// Write packs as one file that loads without reading them, also on small devices
    Compile(commands::compile::Arguments),
    /// Explain the code of a diagnostic or error
    ExplainCode(commands::explain_code::Arguments),
    /// Print a completion script for a shell
    Completions(commands::completions::Arguments),
    /// Print the manual page, or write all pages into a folder
    Man(commands::man::Arguments),
}

fn main() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => return output::answer_parse_error(&error),
    };
    let mut output = Output::new(arguments.color);
    let done = match &arguments.command {
        Command::Advise(arguments) => commands::advise::run(arguments, &mut output),
        Command::Ask(arguments) => commands::ask::run(arguments, &mut output),
        Command::Explain(arguments) => commands::explain::run(arguments, &mut output),
        Command::Plan(arguments) => commands::plan::run(arguments, &mut output),
        #[cfg(feature = "batch")]
        Command::Batch(arguments) => commands::batch::run(arguments, &mut output),
        Command::Check(arguments) => commands::check::run(arguments, &mut output),
        Command::Test(arguments) => commands::test::run(arguments, &mut output),
        Command::Packs(arguments) => commands::packs::run(arguments, &mut output),
        Command::Schema(arguments) => commands::schema::run(arguments, &mut output),
        Command::Codegen(arguments) => commands::codegen::run(arguments, &mut output),
        Command::Compile(arguments) => commands::compile::run(arguments, &mut output),
        Command::ExplainCode(arguments) => commands::explain_code::run(arguments, &mut output),
        Command::Completions(arguments) => {
            commands::completions::run(arguments, Arguments::command(), &mut output)
        }
        Command::Man(arguments) => commands::man::run(arguments, Arguments::command(), &mut output),
    };
    output.finish(done)
}
