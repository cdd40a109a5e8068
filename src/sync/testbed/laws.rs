//! Laws over many seeds.
