//! Asks yt-dlp what a YouTube link is, without playing it: a video's title and length, or the videos
//! of a playlist. It is the same program as mpv's, run under the same conditions.

use std::process::Stdio;
use std::time::Duration;

use serde_json::Value;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt as _};
use tokio::time::timeout;

use super::clean::clean;
use super::resolver_options::as_file;
use super::{PlayerConfig, process, resolver, ytdl};
use crate::media::Media;
use crate::media::playlist::PlaylistId;
use crate::protocol::batch::{Batch, NewEntry};
use crate::protocol::text::Title;
use crate::protocol::time::Span;
use crate::sync::player::MediaProblem;

/// How long yt-dlp may take (judgement: it takes 2 to 6 s, and longer on a slow machine).
const PATIENCE: Duration = Duration::from_secs(30);
/// The most bytes of an answer that are read: of a video with all its formats it has about half a
/// megabyte (judgement: many times as much).
const MAX_ANSWER: u64 = 16 * 1024 * 1024;
/// The most bytes of messages that are read.
const MAX_MESSAGES: u64 = 64 * 1024;
/// The longest message of yt-dlp's that is repeated, in characters.
const LONGEST_MESSAGE: usize = 300;
/// Arguments of every run. Its configuration may contain anything, `--exec` included.
const ALWAYS: [&str; 3] = ["--ignore-config", "--skip-download", "--dump-single-json"];
/// Has it read the member's options from standard input: they may hold cookies and passwords, and every
/// user of the computer can read a command line.
const FROM_STDIN: [&str; 2] = ["--config-locations", "-"];
/// What YouTube calls videos that nobody can watch.
const UNWATCHABLE: [&str; 2] = ["[Private video]", "[Deleted video]"];

/// The videos of a playlist, from its beginning.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Playlist {
    /// At most [`Batch::MOST`] of them, with what is known of each.
    pub entries: Vec<NewEntry>,
    /// How many the playlist has beyond its first [`Batch::MOST`].
    pub more: usize,
}

/// What a video is called and how long it is.
pub(super) async fn video(config: &PlayerConfig, media: &Media) -> Result<NewEntry, MediaProblem> {
    let answer = run(config, &["--no-playlist"], &media.url()).await?;
    Ok(entry(media.clone(), &answer))
}

/// The first videos of a playlist.
///
/// # Errors
/// What yt-dlp said, or that there is none.
pub async fn playlist(config: &PlayerConfig, list: &PlaylistId) -> Result<Playlist, MediaProblem> {
    let first = format!("1-{}", Batch::MOST);
    let arguments = ["--flat-playlist", "--playlist-items", &first];
    let answer = run(config, &arguments, &list.url()).await?;
    Ok(videos(&answer))
}

/// The videos in yt-dlp's answer about a playlist.
fn videos(answer: &Value) -> Playlist {
    let listed = answer.get("entries").and_then(Value::as_array);
    let listed = listed.map(Vec::as_slice).unwrap_or_default();
    let watchable = listed.iter().filter_map(|video| {
        let id = video.get("id")?.as_str()?;
        let title = video.get("title").and_then(Value::as_str);
        if title.is_some_and(|title| UNWATCHABLE.contains(&title)) {
            return None;
        }
        let link = format!("https://www.youtube.com/watch?v={id}");
        Some(entry(Media::parse(&link).ok()?, video))
    });
    let entries: Vec<NewEntry> = watchable.take(Batch::MOST).collect();
    let all = answer.get("playlist_count").and_then(Value::as_u64);
    let all = all.and_then(|all| usize::try_from(all).ok()).unwrap_or(0);
    Playlist {
        entries,
        // What yt-dlp leaves out of the first ones, such as removed videos, is not beyond them.
        more: all.saturating_sub(Batch::MOST),
    }
}

/// What an answer says of a video.
fn entry(media: Media, answer: &Value) -> NewEntry {
    let title = answer.get("title").and_then(Value::as_str);
    let seconds = answer.get("duration").and_then(Value::as_f64);
    let seconds = seconds.filter(|seconds| seconds.is_finite() && *seconds > 0.0);
    NewEntry {
        media,
        title: title.and_then(Title::truncated),
        duration: seconds.map(Span::from_seconds),
    }
}

/// Runs yt-dlp about a link and reads its answer.
async fn run(config: &PlayerConfig, arguments: &[&str], link: &str) -> Result<Value, MediaProblem> {
    let program = ytdl::program(config).ok_or(MediaProblem::ResolverMissing)?;
    let options = own_options(config);
    let (from_stdin, stdin): (&[&str], _) = if options.is_empty() {
        (&[], Stdio::null())
    } else {
        (&FROM_STDIN, Stdio::piped())
    };
    let mut child = process::command(&program)
        .args(ALWAYS)
        .args(from_stdin)
        .args(arguments)
        .args(["--", link])
        .stdin(stdin)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|error| {
            tracing::warn!(%error, "yt-dlp cannot be started");
            MediaProblem::ResolverMissing
        })?;
    let (stdout, stderr) = (child.stdout.take(), child.stderr.take());
    let stdin = child.stdin.take();
    let reading = async {
        let (answer, messages, ()) = tokio::join!(
            read(stdout, MAX_ANSWER),
            read(stderr, MAX_MESSAGES),
            write(stdin, options)
        );
        (answer, messages)
    };
    let Ok((answer, messages)) = timeout(PATIENCE, reading).await else {
        // Dropping the child ends it.
        return Err(MediaProblem::Resolver {
            reason: "timed out".to_owned(),
        });
    };
    match serde_json::from_slice::<Value>(&answer) {
        Ok(answer) if answer.is_object() => Ok(answer),
        _ => Err(problem(&String::from_utf8_lossy(&messages))),
    }
}

/// The member's options, from the settings and from their mpv, as yt-dlp reads them from standard
/// input.
fn own_options(config: &PlayerConfig) -> String {
    let settings = config.ytdl_options.resolver();
    let of_mpv = config.resolver.arguments().iter();
    let of_mpv = of_mpv.filter(|argument| !settings.arguments().contains(argument));
    as_file(of_mpv.chain(settings.arguments()))
}

/// Writes all of it and closes the pipe.
async fn write(to: Option<impl AsyncWrite + Unpin>, text: String) {
    if let Some(mut to) = to
        && let Err(error) = to.write_all(text.as_bytes()).await
    {
        tracing::debug!(%error, "yt-dlp does not read its options");
    }
}

/// Reads at most so many bytes.
async fn read(from: Option<impl AsyncRead + Unpin>, most: u64) -> Vec<u8> {
    let mut bytes = Vec::new();
    if let Some(from) = from
        && let Err(error) = from.take(most).read_to_end(&mut bytes).await
    {
        tracing::debug!(%error, "yt-dlp cannot be read");
    }
    bytes
}

/// Why there is no answer, by yt-dlp's messages.
fn problem(messages: &str) -> MediaProblem {
    if let Some(fault) = resolver::fault(messages.lines()) {
        return MediaProblem::Unresolved(fault);
    }
    let mut lines = messages.lines().filter(|line| !line.trim().is_empty());
    let last = lines.next_back().unwrap_or("no answer");
    let last = last.trim_start_matches("ERROR: ");
    MediaProblem::Resolver {
        reason: clean(last, LONGEST_MESSAGE),
    }
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use std::fs;
    use std::os::unix::fs::PermissionsExt as _;
    use std::path::Path;
    use std::time::Instant;

    use serde_json::json;

    use super::{playlist, video, videos};
    use crate::media::Media;
    use crate::media::fault::ResolverFault;
    use crate::media::playlist::PlaylistId;
    use crate::player::{Player, PlayerConfig};
    use crate::protocol::time::Span;
    use crate::sync::player::MediaProblem;

    /// A configuration with a stand-in for yt-dlp that notes its arguments and its standard input, and
    /// then does this.
    fn with_script(folder: &Path, script: &str) -> PlayerConfig {
        let program = folder.join("yt-dlp");
        let (asked, given) = (folder.join("asked"), folder.join("given"));
        let (asked, given) = (asked.display(), given.display());
        let script = format!("#!/bin/sh\necho \"$@\" >'{asked}'\ncat >'{given}'\n{script}\n");
        fs::write(&program, script).unwrap();
        fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).unwrap();
        PlayerConfig {
            ytdl_path: Some(program),
            ..PlayerConfig::new(Instant::now())
        }
    }

    #[tokio::test]
    async fn a_video_is_described_by_the_members_own_yt_dlp() {
        let folder = tempfile::tempdir().unwrap();
        let answer = json!({"title": "Big\u{202e} Buck\u{7} Bunny", "duration": 596.5});
        let config = with_script(folder.path(), &format!("echo '{answer}'"));
        let media = Media::parse("https://youtu.be/aqz-KE-bpKQ").unwrap();
        let known = video(&config, &media).await.unwrap();
        assert_eq!(known.title.unwrap().as_str(), "Big Buck Bunny");
        assert_eq!(known.duration, Some(Span::from_seconds(596.5)));
        let asked = fs::read_to_string(folder.path().join("asked")).unwrap();
        let expected = "--ignore-config --skip-download --dump-single-json --no-playlist -- \
                        https://www.youtube.com/watch?v=aqz-KE-bpKQ";
        assert_eq!(asked.trim(), expected);
    }

    /// With a real mpv, which tells what its member's options are.
    #[tokio::test]
    async fn yt_dlp_gets_the_options_that_the_members_mpv_gives_it() {
        let folder = tempfile::tempdir().unwrap();
        let answer = json!({"title": "Big Buck Bunny"});
        let mut config = with_script(folder.path(), &format!("echo '{answer}'"));
        let program = config.ytdl_path.take().unwrap();
        let conf = folder.path().join("mpv.conf");
        let hook = program.display();
        let text = format!(
            "ytdl-raw-options=proxy=http://127.0.0.1:1\nscript-opts=ytdl_hook-ytdl_path={hook}\n"
        );
        fs::write(&conf, text).unwrap();
        config.runtime_dir = folder.path().to_owned();
        config.extra_args = vec![
            "--no-config".to_owned(),
            "--vo=null".to_owned(),
            "--ao=null".to_owned(),
            format!("--include={}", conf.display()),
            "--ytdl-raw-options-append=cookies-from-browser=firefox".to_owned(),
            "--ytdl-raw-options-append=exec=true".to_owned(),
            "--ytdl-raw-options-append=username=of-mpv".to_owned(),
        ];
        let own = [
            ("proxy", "http://ada:secret@127.0.0.1:1"),
            ("force-ipv4", ""),
        ];
        let own = own.map(|(name, value)| (name.to_owned(), value.to_owned()));
        config.ytdl_options = own.into_iter().collect();
        let (player, mut events) = Player::spawn(config.clone());
        let reading = async { while events.recv().await.is_some() {} };
        let mut told = player.resolver_options();
        let told = async { told.wait_for(Option::is_some).await.unwrap().clone() };
        config.resolver = tokio::select! {
            told = told => told.unwrap(),
            () = reading => panic!("the player ended"),
        };
        let media = Media::parse("https://youtu.be/aqz-KE-bpKQ").unwrap();
        video(&config, &media).await.unwrap();
        let asked = fs::read_to_string(folder.path().join("asked")).unwrap();
        assert!(asked.contains("--dump-single-json --config-locations - --no-playlist"));
        assert!(!asked.contains("secret"), "{asked}");
        let given = fs::read_to_string(folder.path().join("given")).unwrap();
        let expected = "'--cookies-from-browser=firefox'\n'--username=of-mpv'\n\
                        '--proxy=http://ada:secret@127.0.0.1:1'\n'--force-ipv4'\n";
        assert_eq!(
            given, expected,
            "those of the settings come in place of mpv's"
        );
    }

    #[tokio::test]
    async fn why_there_is_no_answer_is_told_in_known_words() {
        let folder = tempfile::tempdir().unwrap();
        let says = "echo 'ERROR: [youtube] x: This video is private' >&2; exit 1";
        let config = with_script(folder.path(), says);
        let list = PlaylistId::parse("https://www.youtube.com/playlist?list=PL1").unwrap();
        let found = playlist(&config, &list).await;
        let private = MediaProblem::Unresolved(ResolverFault::Private);
        assert_eq!(found, Err(private));
        let asked = fs::read_to_string(folder.path().join("asked")).unwrap();
        assert!(
            asked.contains("--flat-playlist --playlist-items 1-50 -- https"),
            "{asked}"
        );
        let config = PlayerConfig {
            ytdl_path: Some(folder.path().join("none")),
            ..config
        };
        let found = playlist(&config, &list).await;
        assert_eq!(found, Err(MediaProblem::ResolverMissing));
    }

    #[test]
    fn a_playlist_has_what_can_be_watched_and_says_how_much_more() {
        let video = |id: &str, title: &str| json!({"id": id, "title": title, "duration": 61});
        let answer = json!({"playlist_count": 70, "entries": [
            video("aqz-KE-bpKQ", "Bunny"),
            video("bqz-KE-bpKQ", "[Private video]"),
            video("not an id", "Nothing"),
            null,
            video("cqz-KE-bpKQ", ""),
        ]});
        let found = videos(&answer);
        let titles: Vec<_> = found
            .entries
            .iter()
            .map(|entry| entry.title.clone())
            .collect();
        assert_eq!(titles.len(), 2);
        assert_eq!(titles[0].as_ref().unwrap().as_str(), "Bunny");
        assert_eq!(titles[1], None);
        assert_eq!(found.more, 20);
        let hidden = json!({"playlist_count": 7, "entries": [video("aqz-KE-bpKQ", "Bunny")]});
        assert_eq!(videos(&hidden).more, 0, "the others cannot be watched");
        assert_eq!(videos(&json!({})).entries, []);
    }
}
