//! The gates, one row a rule.
