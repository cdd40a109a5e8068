//! How the player's process starts, freezes, dies and is started again.

use std::io::Read as _;
use std::time::Duration;

use rustix::process::Signal;
use serde_json::json;

use super::rig::{Rig, config, script, signal};
use crate::player::SendError;
use crate::player::process::MpvProcess;
use crate::player::test_http::{ClipServer, clip};
use crate::protocol::time::Position;
use crate::sync::player::{
    CloseCause, Lack, PlayerCommand, PlayerEvent, ProcessState, SocketFault, Unusable,
};

/// Waits until the player is reported unusable, and returns why.
async fn unusable(rig: &mut Rig) -> Unusable {
    rig.until("Unusable", |event| match event {
        PlayerEvent::Process(ProcessState::Unusable(why)) => Some(why.clone()),
        _ => None,
    })
    .await
}

#[tokio::test]
async fn it_starts_and_ends_and_leaves_nothing_behind() {
    let mut rig = Rig::start();
    rig.process(&ProcessState::Starting).await;
    let version = rig.ready().await;
    assert!(
        version.contains('.') || version.starts_with("git"),
        "{version}"
    );
    assert!(rig.socket.exists());
    rig.send(PlayerCommand::Quit);
    rig.process(&ProcessState::Closed(CloseCause::Quit)).await;
    assert!(
        rig.events.recv().await.is_none(),
        "nothing is told after the end"
    );
    assert!(!rig.socket.exists());
    assert_eq!(
        rig.player.send(PlayerCommand::Restart),
        Err(SendError::Gone)
    );
}

#[tokio::test]
async fn a_speed_of_the_members_own_settings_is_no_action_of_theirs() {
    let (folder, mut config) = config();
    config.extra_args.push("--speed=1.5".to_owned());
    let mut rig = Rig::with(folder, config);
    rig.ready().await;
    let speed = rig.hand().ask(&json!(["get_property", "speed"]));
    assert_eq!(speed, 1.0);
}

#[tokio::test]
async fn its_socket_lies_in_a_private_folder_that_goes_with_it() {
    let (folder, mut config) = config();
    config.ipc_path = None;
    let mut rig = Rig::with(folder, config);
    rig.ready().await;
    let entries = || std::fs::read_dir(rig.folder.path()).unwrap().count();
    assert_eq!(entries(), 1);
    rig.send(PlayerCommand::Quit);
    rig.process(&ProcessState::Closed(CloseCause::Quit)).await;
    assert!(rig.events.recv().await.is_none());
    assert_eq!(std::fs::read_dir(rig.folder.path()).unwrap().count(), 0);
}

#[tokio::test]
async fn stopped_it_is_frozen_and_continued_it_answers() {
    let mut rig = Rig::start();
    rig.ready().await;
    let pid = rig.pid();
    signal(Signal::STOP, pid);
    rig.process(&ProcessState::Frozen).await;
    signal(Signal::CONT, pid);
    rig.process(&ProcessState::Thawed).await;
}

#[tokio::test]
async fn a_frozen_one_can_be_replaced() {
    let mut rig = Rig::start();
    rig.ready().await;
    let first = rig.pid();
    signal(Signal::STOP, first);
    rig.process(&ProcessState::Frozen).await;
    rig.send(PlayerCommand::Restart);
    rig.process(&ProcessState::Closed(CloseCause::Killed)).await;
    rig.ready().await;
    assert_ne!(rig.pid(), first);
}

#[tokio::test]
async fn killed_it_is_closed_and_comes_back_on_demand() {
    let mut rig = Rig::start();
    rig.ready().await;
    signal(Signal::KILL, rig.pid());
    rig.process(&ProcessState::Closed(CloseCause::Killed)).await;
    rig.send(PlayerCommand::SetPaused(true));
    rig.send(PlayerCommand::Restart);
    rig.process(&ProcessState::Starting).await;
    rig.ready().await;
}

#[tokio::test]
async fn closed_by_its_user_it_was_quit() {
    let mut rig = Rig::start();
    rig.ready().await;
    rig.hand().ask(&json!(["keypress", "q"]));
    rig.process(&ProcessState::Closed(CloseCause::Quit)).await;
}

#[tokio::test]
async fn it_ends_when_its_handle_is_dropped() {
    let mut rig = Rig::start();
    rig.ready().await;
    let mut witness = std::os::unix::net::UnixStream::connect(&rig.socket).unwrap();
    witness
        .set_read_timeout(Some(Duration::from_mins(1)))
        .unwrap();
    drop(rig.player);
    let closed = tokio::task::spawn_blocking(move || witness.read_to_end(&mut Vec::new()));
    closed.await.unwrap().expect("mpv goes on");
}

#[tokio::test]
async fn it_ends_when_our_end_of_the_lifeline_closes() {
    let (_folder, config) = config();
    let mut process = MpvProcess::start(&config, true).await.unwrap();
    let connection = crate::player::task::connect(&mut process).await.unwrap();
    process.drop_lifeline();
    let ended = tokio::time::timeout(Duration::from_mins(1), process.ended()).await;
    assert_eq!(ended.expect("mpv goes on"), CloseCause::Quit);
    drop(connection);
}

#[tokio::test]
async fn a_missing_program_is_reported_by_its_name() {
    let (folder, mut config) = config();
    config.binary = folder.path().join("no-such-mpv");
    let binary = config.binary.display().to_string();
    let mut rig = Rig::with(folder, config);
    assert_eq!(unusable(&mut rig).await, Unusable::Missing { binary });
}

#[tokio::test]
async fn an_old_one_is_refused_and_a_newer_one_is_taken_on_demand() {
    let (folder, mut config) = config();
    config.binary = script(folder.path(), "mpv", "echo 'mpv 0.34.1 Copyright'");
    let path = config.binary.clone();
    let mut rig = Rig::with(folder, config);
    assert_eq!(
        unusable(&mut rig).await,
        Unusable::TooOld {
            version: "0.34.1".to_owned()
        }
    );
    let folder = path.parent().unwrap();
    let newer = script(folder, "newer", "exec mpv \"$@\"");
    std::fs::rename(newer, &path).unwrap();
    rig.send(PlayerCommand::Restart);
    rig.ready().await;
}

#[tokio::test]
async fn one_that_does_not_start_says_why() {
    let (folder, mut config) = config();
    config.extra_args.push("--no-such-option=1".to_owned());
    let mut rig = Rig::with(folder, config);
    let Unusable::Refused { reason } = unusable(&mut rig).await else {
        panic!("not refused")
    };
    assert!(reason.contains("no-such-option"), "{reason}");
}

#[tokio::test]
async fn one_that_ends_at_once_without_a_word_is_refused() {
    let (folder, mut config) = config();
    let body = "case \"$*\" in *--input-ipc-server*) exit 0;; esac; exec mpv \"$@\"";
    config.binary = script(folder.path(), "mpv", body);
    let mut rig = Rig::with(folder, config);
    assert_eq!(unusable(&mut rig).await, Unusable::Silent);
    rig.send(PlayerCommand::Quit);
    assert!(rig.events.recv().await.is_none());
}

#[tokio::test]
async fn a_program_that_is_no_mpv_is_refused() {
    let (folder, mut config) = config();
    config.binary = script(folder.path(), "mpv", "printf 'hello\\033[31m\\n'");
    let mut rig = Rig::with(folder, config);
    let Unusable::NotMpv { binary } = unusable(&mut rig).await else {
        panic!("not refused")
    };
    assert!(binary.ends_with("/mpv"), "{binary}");
}

#[tokio::test]
async fn a_file_among_the_options_is_refused() {
    let (folder, mut config) = config();
    config.extra_args.push("/etc/passwd".to_owned());
    let mut rig = Rig::with(folder, config);
    let argument = "/etc/passwd".to_owned();
    assert_eq!(unusable(&mut rig).await, Unusable::NotAnOption { argument });
}

#[tokio::test]
async fn a_taken_socket_path_is_refused_and_left_alone() {
    let (folder, config) = config();
    let path = config.ipc_path.clone().unwrap();
    std::fs::write(&path, "precious").unwrap();
    let mut rig = Rig::with(folder, config);
    let Unusable::Socket { fault, .. } = unusable(&mut rig).await else {
        panic!("not refused")
    };
    assert_eq!(fault, SocketFault::Taken);
    assert_eq!(std::fs::read_to_string(&path).unwrap(), "precious");
}

#[tokio::test]
async fn orders_given_before_it_is_ready_wait_for_it() {
    let mut rig = Rig::start();
    rig.send(PlayerCommand::SetSpeed {
        speed: 1.5,
        pitch_correction: true,
    });
    rig.until("Speed", |event| {
        matches!(event, PlayerEvent::Speed { speed } if (speed - 1.5).abs() < 1e-9).then_some(())
    })
    .await;
    assert_eq!(
        rig.hand().ask(&json!(["get_property", "pause"])),
        json!(false)
    );
}

#[tokio::test]
async fn without_a_sound_device_it_plays_on_and_says_so() {
    let server = ClipServer::start(&[("a.mp4", clip(5, false))]).await;
    let (folder, mut config) = config();
    // No audio device has this name, as on a machine without one.
    config.extra_args = [
        "--no-config",
        "--vo=null",
        "--ao=alsa",
        "--audio-device=alsa/no-such-device",
    ]
    .map(str::to_owned)
    .to_vec();
    let mut rig = Rig::with(folder, config);
    rig.ready().await;
    rig.open(1, &server.link("a.mp4"), Position::START, false);
    rig.until("Lacks", |event| {
        (event == &PlayerEvent::Lacks(Lack::Sound)).then_some(())
    })
    .await;
    rig.until("Sample", |event| {
        matches!(event, PlayerEvent::Sample(_)).then_some(())
    })
    .await;
}

#[tokio::test]
async fn without_a_display_it_plays_the_sound_and_says_so() {
    let server = ClipServer::start(&[("a.mp4", clip(5, false))]).await;
    let (folder, mut config) = config();
    config.extra_args = ["--no-config", "--ao=null"].map(str::to_owned).to_vec();
    let mut rig = Rig::without_display(folder, config);
    rig.until("Ready", |event| match event {
        PlayerEvent::Process(ProcessState::Ready { lacks, .. }) => {
            assert_eq!(*lacks, Some(Lack::Display));
            Some(())
        }
        _ => None,
    })
    .await;
    rig.open(1, &server.link("a.mp4"), Position::START, false);
    rig.until("Sample", |event| {
        matches!(event, PlayerEvent::Sample(_)).then_some(())
    })
    .await;
    assert_eq!(
        rig.hand().ask(&json!(["get_property", "vid"])),
        json!(false)
    );
}

#[tokio::test]
async fn without_sound_or_display_settings_of_its_own_it_plays_here_too() {
    let server = ClipServer::start(&[("a.mp4", clip(5, false))]).await;
    let (folder, mut config) = config();
    config.extra_args = vec!["--no-config".to_owned()];
    let mut rig = Rig::without_display(folder, config);
    rig.ready().await;
    rig.open(1, &server.link("a.mp4"), Position::START, false);
    rig.until("Sample", |event| {
        matches!(event, PlayerEvent::Sample(_)).then_some(())
    })
    .await;
}
