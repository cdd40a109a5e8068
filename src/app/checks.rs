//! What a member is told of the programs and folders of their computer, in the words of
//! `watchtogether doctor`: each fact once, with what mends it here, and what only YouTube needs once a
//! video of YouTube is on.

use super::output::{ArrivalNotice, Notice, Output, OwnFileProblem, PlayerView, Why};
use crate::doctor::player::PlayerFinding;
use crate::doctor::resolver::ResolverFinding;
use crate::doctor::runtime::RuntimeFinding;
use crate::doctor::system::System;
use crate::doctor::{Finding, Verdict};
use crate::media::YOUTUBE;
use crate::media::fault::ResolverFault;
use crate::sync::player::{MediaProblem, ProcessState};

/// What was told, and what this computer installs programs with.
#[derive(Debug)]
pub(super) struct Checks {
    system: System,
    /// Whether the programs that YouTube needs were looked at, or are being so.
    has_looked: bool,
    /// What was told as a finding.
    told: Vec<Finding>,
    /// The commands that were told.
    remedies: Vec<String>,
}

/// What the checks want done.
#[derive(Debug, PartialEq)]
pub(super) enum ChecksOutput {
    /// Look at the programs that YouTube needs.
    Look,
    /// Tell the member.
    Tell(Box<Notice>),
}

impl Checks {
    /// Nothing was told yet.
    pub(super) const fn new(system: System) -> Self {
        Self {
            system,
            has_looked: false,
            told: Vec::new(),
            remedies: Vec::new(),
        }
    }

    /// What follows from something that the member was told just now: the command for it, or a look
    /// at the programs that it needs.
    pub(super) fn after(&mut self, output: &Output) -> Vec<ChecksOutput> {
        if is_youtube(output) && !self.has_looked {
            self.has_looked = true;
            return vec![ChecksOutput::Look];
        }
        finding_in(output).map_or_else(Vec::new, |finding| self.remedies(&finding))
    }

    /// What the look came to. That yt-dlp is missing is told where a video does not play for that.
    pub(super) fn found(&mut self, findings: Vec<Finding>) -> Vec<ChecksOutput> {
        let mut outputs = Vec::new();
        for finding in findings {
            let is_missing = finding == Finding::Resolver(ResolverFinding::Missing);
            let is_fine = finding.verdict() == Verdict::Ok;
            if is_missing || is_fine || self.told.contains(&finding) {
                continue;
            }
            let told = ArrivalNotice::Checked(Box::new(finding.clone()));
            outputs.push(ChecksOutput::Tell(Box::new(Notice::Arrival(told))));
            outputs.extend(self.remedies(&finding));
            self.told.push(finding);
        }
        outputs
    }

    /// What mends it here, each command by itself so that it can be copied; not what was told before.
    fn remedies(&mut self, finding: &Finding) -> Vec<ChecksOutput> {
        let remedy = finding.remedy(&self.system).unwrap_or_default();
        let mut outputs = Vec::new();
        for line in remedy.lines() {
            if !self.remedies.iter().any(|told| told == line) {
                self.remedies.push(line.to_owned());
                let remedy = ArrivalNotice::Remedy(line.to_owned());
                outputs.push(ChecksOutput::Tell(Box::new(Notice::Arrival(remedy))));
            }
        }
        outputs
    }
}

/// Whether a video of YouTube came on.
fn is_youtube(output: &Output) -> bool {
    match output {
        Output::Media {
            playing: Some(playing),
            ..
        } => playing.media.kind() == YOUTUBE,
        _ => false,
    }
}

/// The finding that an output words.
fn finding_in(output: &Output) -> Option<Finding> {
    match output {
        Output::Player(PlayerView::Gone(ProcessState::Unusable(why))) => {
            Some(Finding::Player(PlayerFinding::Unusable(why.clone())))
        }
        Output::Player(PlayerView::Failed(problem))
        | Output::Denied {
            why: Why::NoPlaylist(problem),
            ..
        } => finding_of(problem),
        Output::Notice(Notice::OwnFile(OwnFileProblem::Folder(place))) => {
            Some(Finding::Place(place.clone()))
        }
        _ => None,
    }
}

/// The finding that a problem of media comes from.
fn finding_of(problem: &MediaProblem) -> Option<Finding> {
    match problem {
        MediaProblem::ResolverMissing => Some(Finding::Resolver(ResolverFinding::Missing)),
        MediaProblem::Unresolved(ResolverFault::NoJavaScript) => {
            Some(Finding::Runtime(RuntimeFinding::Missing))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{Checks, ChecksOutput};
    use crate::app::output::{ArrivalNotice, Notice, Output, OwnFileProblem, PlayerView};
    use crate::doctor::Finding;
    use crate::doctor::place::{PlaceFinding, Purpose, Standing};
    use crate::doctor::resolver::ResolverFinding;
    use crate::doctor::runtime::{Runtime, RuntimeFinding};
    use crate::doctor::system::{PackageManager, System};
    use crate::sync::player::{MediaProblem, ProcessState, Unusable};
    use std::io::ErrorKind;

    fn on_debian() -> Checks {
        Checks::new(System {
            managers: vec![PackageManager::Apt, PackageManager::Pipx],
        })
    }

    fn remedy(command: &str) -> ChecksOutput {
        let command = command.to_owned();
        ChecksOutput::Tell(Box::new(Notice::Arrival(ArrivalNotice::Remedy(command))))
    }

    fn told(finding: Finding) -> ChecksOutput {
        let told = ArrivalNotice::Checked(Box::new(finding));
        ChecksOutput::Tell(Box::new(Notice::Arrival(told)))
    }

    #[test]
    fn what_is_missing_comes_with_this_systems_command_once() {
        let missing = Unusable::Missing {
            binary: "mpv".to_owned(),
        };
        let old = Unusable::TooOld {
            version: "0.32.0".to_owned(),
        };
        let gone = |why| Output::Player(PlayerView::Gone(ProcessState::Unusable(why)));
        let failed = Output::Player(PlayerView::Failed(MediaProblem::ResolverMissing));
        let place = PlaceFinding {
            purpose: Purpose::State,
            path: Some("/home/ann/.local/state/watchtogether".to_owned()),
            fault: Some(ErrorKind::PermissionDenied.into()),
            standing: Standing::Own,
        };
        let mut checks = on_debian();
        for (output, command) in [
            (gone(missing), "sudo apt install mpv"),
            (gone(old), "sudo apt update && sudo apt install mpv"),
            (failed, "pipx install 'yt-dlp[default]' && pipx ensurepath"),
            (
                Output::Notice(Notice::OwnFile(OwnFileProblem::Folder(place))),
                "chmod u+rwx /home/ann/.local/state/watchtogether",
            ),
        ] {
            assert_eq!(
                checks.after(&output).first(),
                Some(&remedy(command)),
                "{output:?}"
            );
            assert_eq!(checks.after(&output), [], "once");
        }
    }

    #[test]
    fn what_youtube_needs_is_told_once_and_only_what_is_wrong() {
        let dangerous = Finding::Resolver(ResolverFinding::Dangerous {
            path: "/usr/bin/yt-dlp".to_owned(),
            version: "2023.03.04".to_owned(),
        });
        let without_script = Finding::Runtime(RuntimeFinding::Missing);
        let mut checks = on_debian();
        let findings = vec![dangerous.clone(), without_script.clone()];
        let outputs = checks.found(findings.clone());
        assert_eq!(
            outputs,
            [
                told(dangerous),
                remedy(
                    "sudo apt remove yt-dlp && pipx install 'yt-dlp[default]' && pipx ensurepath"
                ),
                told(without_script),
                remedy("pipx install deno"),
            ]
        );
        assert_eq!(checks.found(findings), []);
        let fine = Finding::Runtime(RuntimeFinding::Usable {
            runtime: Runtime::Deno,
            version: "2.1.4".to_owned(),
        });
        let missing = Finding::Resolver(ResolverFinding::Missing);
        assert_eq!(checks.found(vec![fine, missing]), []);
    }
}
