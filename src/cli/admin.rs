//! `watchtogether admin`: asks the server that runs on this computer, through its private socket.

use std::io::{self, BufRead, BufReader, ErrorKind, IsTerminal, Write};
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context;

use super::args::AdminCommand;
use super::config::AdminConfig;
use super::join::UNREACHABLE;
use super::{USAGE, complain_of_error, output, storage, unwritten};
use crate::client::json_text;
use crate::protocol::text::MemberName;
use crate::server::admin::message::{AdminReply, AdminRequest};
use crate::server::log;
use crate::strings::server;
use crate::texts::language::Language;
use crate::texts::{system, tr};

mod figures;
mod rooms;
mod seconds;
mod words;

/// What the operator types to have something erased.
const YES: &str = "yes";

/// Runs the subcommand to its end.
///
/// # Errors
/// If standard output cannot be written.
pub fn run(config: AdminConfig, language: Language) -> anyhow::Result<ExitCode> {
    let operator = Operator {
        socket: config.socket,
        json: config.json,
    };
    let command = match config.command {
        AdminCommand::Forget { name, yes } => return operator.forget(name, yes, language),
        AdminCommand::Restore { file } => {
            return restore(&file, config.folder.as_deref(), language);
        }
        // The server runs in another folder.
        AdminCommand::Backup { file } => AdminCommand::Backup {
            file: std::path::absolute(file)?,
        },
        AdminCommand::Export { file } => AdminCommand::Export {
            file: std::path::absolute(file)?,
        },
        AdminCommand::Import { file } => AdminCommand::Import {
            file: std::path::absolute(file)?,
        },
        command => command,
    };
    match operator.ask(&command) {
        Ok(reply) => operator.print(&command, &reply, language),
        Err(error) => Ok(operator.unreachable(&error, language)),
    }
}

/// Puts a backup into a data folder that no server uses.
fn restore(file: &Path, folder: Option<&Path>, language: Language) -> anyhow::Result<ExitCode> {
    let Some(folder) = folder else {
        complain_of_error(language, tr!(language, "admin-restore-where"));
        return Ok(ExitCode::from(USAGE));
    };
    match log::restore(file, folder) {
        Ok(restored) => {
            let path = restored.path.display().to_string();
            let replaced = restored.replaced.map(|path| path.display().to_string());
            let rooms = restored.rooms;
            let words = server::restored(language, &path, rooms, replaced.as_deref());
            print(&words, language)?;
            Ok(ExitCode::SUCCESS)
        }
        Err(error) => {
            complain_of_error(language, storage::restore_error(language, &error));
            Ok(ExitCode::FAILURE)
        }
    }
}

/// How the operator's answers are got and printed.
struct Operator {
    socket: PathBuf,
    json: bool,
}

impl Operator {
    /// Shows what is kept of a person, asks, and has it erased.
    fn forget(&self, name: MemberName, yes: bool, language: Language) -> anyhow::Result<ExitCode> {
        let command = AdminCommand::Forget {
            name: name.clone(),
            yes,
        };
        let reply = match self.ask(&command) {
            Ok(reply) => reply,
            Err(error) => return Ok(self.unreachable(&error, language)),
        };
        let code = self.print(&command, &reply, language)?;
        let finds = match &reply {
            AdminReply::Forgotten { rooms, .. } => rooms.iter().any(|room| !room.present),
            _ => false,
        };
        if yes || !finds {
            return Ok(code);
        }
        if self.json || !io::stdin().is_terminal() {
            complain_of_error(language, tr!(language, "admin-forget-unasked"));
            return Ok(ExitCode::FAILURE);
        }
        if !confirmed(language)? {
            print(&tr!(language, "admin-forget-not-done"), language)?;
            return Ok(ExitCode::FAILURE);
        }
        self.forget(name, true, language)
    }

    /// Asks the server one thing. An answer that this version does not know is an error.
    fn ask(&self, command: &AdminCommand) -> io::Result<AdminReply> {
        let request = request(command.clone()).ok_or(ErrorKind::Unsupported)?;
        let mut stream = UnixStream::connect(&self.socket)?;
        let mut line = serde_json::to_vec(&request)?;
        line.push(b'\n');
        stream.write_all(&line)?;
        let mut answer = String::new();
        BufReader::new(stream).read_line(&mut answer)?;
        if answer.is_empty() {
            return Err(ErrorKind::UnexpectedEof.into());
        }
        Ok(serde_json::from_str(&answer)?)
    }

    /// Prints an answer.
    fn print(
        &self,
        command: &AdminCommand,
        reply: &AdminReply,
        language: Language,
    ) -> anyhow::Result<ExitCode> {
        let fault = match reply {
            AdminReply::Failed(fault) => Some(fault),
            _ => None,
        };
        if self.json {
            print(&json_text::line(reply)?, language)?;
        } else if let Some(fault) = fault {
            complain_of_error(language, words::fault(language, fault, &self.socket));
        } else {
            print(&words::reply(language, command, reply), language)?;
        }
        Ok(fault.map_or(ExitCode::SUCCESS, |_| ExitCode::FAILURE))
    }

    /// No server answers.
    fn unreachable(&self, error: &io::Error, language: Language) -> ExitCode {
        let path = self.socket.display().to_string();
        let words = match error.kind() {
            ErrorKind::NotFound | ErrorKind::ConnectionRefused => {
                tr!(language, "admin-no-server", path = path)
            }
            ErrorKind::PermissionDenied => tr!(language, "admin-no-permission", path = path),
            ErrorKind::UnexpectedEof => tr!(language, "admin-no-answer", path = path),
            _ => tr!(
                language,
                "admin-unreachable",
                path = path,
                why = system::error(language, error)
            ),
        };
        complain_of_error(language, words);
        ExitCode::from(UNREACHABLE)
    }
}

/// What a command asks of the server; `None` for what needs none.
fn request(command: AdminCommand) -> Option<AdminRequest> {
    Some(match command {
        AdminCommand::Rooms => AdminRequest::Rooms,
        AdminCommand::Room { room } => AdminRequest::Room { room },
        AdminCommand::Create { room } => AdminRequest::Create { room },
        AdminCommand::Close { room } => AdminRequest::Close { room },
        AdminCommand::Hide { room } => AdminRequest::Hide { room },
        AdminCommand::Promote { room, member } => AdminRequest::Promote { room, member },
        AdminCommand::Ban { room, member } => AdminRequest::Ban { room, member },
        AdminCommand::Announce { text, room } => AdminRequest::Announce { text, room },
        AdminCommand::Drain { after: None, .. } => AdminRequest::CancelDrain,
        AdminCommand::Drain {
            after: Some(after), ..
        } => AdminRequest::Drain {
            after_ms: u64::try_from(after.0.as_millis()).unwrap_or(u64::MAX),
        },
        AdminCommand::Backup { file } => AdminRequest::Backup { file },
        AdminCommand::Export { file } => AdminRequest::Export { file },
        AdminCommand::Import { file } => AdminRequest::Import { file },
        AdminCommand::Limits => AdminRequest::Limits,
        AdminCommand::Figures => AdminRequest::Figures,
        AdminCommand::Forget { name, yes } => AdminRequest::Forget { name, erase: yes },
        AdminCommand::Restore { .. } => return None,
    })
}

/// Asks whether something is to be erased.
fn confirmed(language: Language) -> anyhow::Result<bool> {
    let mut output = io::stdout().lock();
    let question = tr!(language, "admin-forget-question");
    let asked = write!(output, "{question} ").and_then(|()| output.flush());
    asked.with_context(|| unwritten(language))?;
    let mut answer = String::new();
    io::stdin().lock().read_line(&mut answer)?;
    Ok(answer.trim() == YES)
}

/// Prints lines.
fn print(text: &str, language: Language) -> anyhow::Result<()> {
    output::print(language, &format!("{text}\n"))
}
