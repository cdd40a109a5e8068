//! The permission table: which role may do what.
