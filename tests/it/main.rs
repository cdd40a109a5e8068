//! The integration tests, in one binary: a file a scenario.

#[cfg(test)]
mod generated;
#[cfg(test)]
mod scripts;
