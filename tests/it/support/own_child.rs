//! A process that a test starts without reading what it says. Tests within the crate use this file too.

use std::ops::{Deref, DerefMut};
use std::process::{Child, Command};

/// It is killed, by its own id, when the value is dropped, also if the test fails before.
#[derive(Debug)]
pub(crate) struct OwnChild(Child);

impl OwnChild {
    /// Starts it. Panics with this word if it cannot be started.
    pub(crate) fn start(command: &mut Command, needed: &str) -> Self {
        Self(command.spawn().expect(needed))
    }
}

impl Deref for OwnChild {
    type Target = Child;

    fn deref(&self) -> &Child {
        &self.0
    }
}

impl DerefMut for OwnChild {
    fn deref_mut(&mut self) -> &mut Child {
        &mut self.0
    }
}

impl Drop for OwnChild {
    fn drop(&mut self) {
        // It may have ended already.
        let _gone = self.0.kill();
        let _gone = self.0.wait();
    }
}
