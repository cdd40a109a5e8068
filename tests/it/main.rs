//! The integration tests, in one binary: a file a scenario.

mod generated;
mod scripts;
