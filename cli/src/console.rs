//! The console: what the program does with files, beside serving. What is printed is returned, so that a test can read it.

mod explained;
mod grid;
mod mistake;
pub mod policy_check;
pub mod policy_diff;
mod price_lines;
pub mod quote;
mod quote_page;
mod read;
pub mod rehearse;
mod words;

pub use mistake::Mistake;

/// What the program prints, and the code that it exits with.
#[derive(Debug, Eq, PartialEq)]
pub struct Printed {
    /// For standard output.
    pub text: String,
    /// The exit code.
    pub code: u8,
}
