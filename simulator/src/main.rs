//! The program `ringup`.
fn main() {}
