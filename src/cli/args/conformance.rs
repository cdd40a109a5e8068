//! The arguments of `conformance`.

use std::path::PathBuf;

use clap::Args;
use clap::builder::PossibleValuesParser;

use super::server::ServerSetting;
use crate::conformance::scenarios;

/// The arguments of `conformance`.
#[derive(Debug, Clone, Args)]
pub struct ConformanceArgs {
    /// The server to try
    #[arg(value_name = "SERVER")]
    pub server: ServerSetting,
    /// Play this scenario only; can be repeated
    #[arg(
        long,
        value_name = "NAME",
        hide_possible_values = true,
        value_parser = PossibleValuesParser::new(scenarios::ALL.iter().map(|one| one.name))
    )]
    pub only: Vec<String>,
    /// Print a line of JSON for each scenario
    #[arg(long)]
    pub json: bool,
    /// Read what the server asks for before a room is created
    #[arg(long, value_name = "FILE")]
    pub create_password_file: Option<PathBuf>,
    /// Accept certificates of the authorities in this PEM file, too
    #[arg(long, value_name = "FILE")]
    pub ca_file: Option<PathBuf>,
}
