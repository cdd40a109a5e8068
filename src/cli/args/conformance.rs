//! The arguments of `conformance`.

use std::path::PathBuf;

use clap::Args;
use clap::builder::PossibleValuesParser;

use crate::conformance::scenarios;
use crate::protocol::invite::ServerUrl;

/// The arguments of `conformance`.
#[derive(Debug, Clone, Args)]
pub struct ConformanceArgs {
    /// The server to try
    #[arg(value_name = "URL")]
    pub url: ServerUrl,
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
