//! What the program `ringup` does: [`server`] puts a simulation and its page behind HTTP, [`console`] reads and compares
//! files, [`number_lines`] reads numbers, [`torture`] runs somebody's client, [`testing`] serves for the life of a
//! test. A library, so that tests can call it without starting a program.

pub mod console;
pub mod number_lines;
pub mod page;
pub mod serve;
pub mod server;
pub mod testing;
pub mod torture;
