//! The room server's shell: sockets in, rooms behind them. Moves bytes and holds no rule.

pub mod log;
