//! The integration tests, in one binary. Each file is one topic.

#![cfg(test)]

mod architecture;
mod calibrate;
mod client_imports;
mod command_line;
mod configuration;
mod contrib;
mod corpus;
mod demo;
mod doctor;
mod documented;
mod faults;
mod gallery;
mod generated;
mod guides;
mod image;
mod invites;
mod join_again;
mod join_ends;
mod join_here;
mod join_talk;
mod links;
mod logged_secrets;
mod machine;
mod media;
mod packages;
mod players;
mod proxied;
mod screen_answers;
mod screen_ends;
mod screen_evening;
mod screen_hostile;
mod screen_long_evening;
mod screen_players;
mod screen_settings;
mod screen_stopped;
mod screen_terminal;
mod screen_widths;
mod scripts;
mod secure;
mod shells;
mod sockets;
mod support;
mod titles;
mod youtube;
