//! A carrier simulator: one neutral world, many dialects.
