//! The runtimes on which subcommands wait for sockets.

use anyhow::Context;
use tokio::runtime::{Builder, Runtime};

use super::not_started;
use crate::texts::language::Language;

/// A runtime that works on the thread of its caller.
///
/// # Errors
/// If the system lacks what it needs.
pub(super) fn on_this_thread(language: Language) -> anyhow::Result<Runtime> {
    let runtime = Builder::new_current_thread().enable_all().build();
    runtime.with_context(|| not_started(language))
}

/// A runtime with so many threads of its own.
///
/// # Errors
/// If the system gives no threads, or lacks what it needs.
pub(super) fn with_threads(count: usize, language: Language) -> anyhow::Result<Runtime> {
    let mut builder = Builder::new_multi_thread();
    let runtime = builder.worker_threads(count).enable_all().build();
    runtime.with_context(|| not_started(language))
}
