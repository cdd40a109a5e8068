//! The client as a state machine: everything that happens becomes an [`event::Event`],
//! `App::update` answers with [`effect::Effect`]s. The terminal screen and `--json` are two
//! faces of the same app.

pub mod effect;
pub mod event;
pub mod told;
