//! The integration tests, in one binary: a file a scenario.

#![cfg(test)]

mod command_line;
mod generated;
mod scripts;
