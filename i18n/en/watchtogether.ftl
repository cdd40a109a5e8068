# What people read, in English: the language that every other one follows.
#
# One message a line. A person is $who; $you is "yes" if they are the reader.

## Numbers (number-)

number-seconds = { $seconds } s
number-milliseconds = { $milliseconds } ms
number-minutes = { $minutes } min
number-hours = { $hours } h { $minutes } min

## People (person-)


## Why a command is denied (denied-)


## Why a server refuses a connection (refused-)


## Names of members (name-)


## Bans (ban-)


## Frames that a server cannot read (frame-)


## The page behind an invite link (invite-)


## Errors of commands (usage-)


## Requests to the admins (request-)


## Notices (notice-)


## Why something was not done (why-)


## The connection (connection-)


## The screen (screen-)


## How members are doing (health-)


## Dialogs (dialog-)


## Keys (key-)


## Commands and their help (command-)


## The player (player-)

player-off = No player: you joined with --no-player. Chat works.
player-starting = Starting mpv…
player-ready = mpv { $version } is ready.
player-frozen = mpv isn't responding. The room goes on; /retry restarts mpv.
player-thawed = mpv is responding again.
player-quit = mpv was closed. You're still in the room; /retry opens it again.
player-killed = mpv was killed. You're still in the room; /retry starts it again.
player-exited = mpv quit unexpectedly (exit code { $code }). You're still in the room; /retry starts it again.
player-missing = Can't find { $binary }. Install mpv (Debian, Ubuntu: apt install mpv; macOS: brew install mpv), then /retry, or join again with --player PATH. Chat works without it.
player-too-old = mpv { $version } is too old; 0.35 or newer is needed. Install a newer one, then /retry, or join again with --player PATH. Chat works without it.
player-refused = mpv didn't start: { $reason }. Check --player, --player-arg and your mpv.conf, then /retry. Chat works without it.
player-lacks-display = No display found, so there's no picture. To choose a video output yourself, join again with --player-arg=--vo=NAME.
player-lacks-sound = No sound device found, so there's no sound. Connect one or start your sound server, then close mpv and type /retry.
player-lacks-both = No display or sound device found, so there's neither picture nor sound; you can still chat and see where the room is. Join from a desktop, or with --no-player.
player-reads-on = Your player can't jump in this video. It has loaded { $read } of { $to } and plays once it gets there.
player-interrupted = The video was interrupted.
player-server-busy = The video's server is too busy.
player-server-hung-up = The video's server hung up without answering.
player-server-silent = The video's server isn't responding.
player-server-not-found = The video's server can't be found.
player-server-down = The video's server is down.
player-server-out-of-reach = The video's server can't be reached from here.
player-proxy-down = Your proxy can't be reached.
player-server-refuses = The video's server refuses to send any more.
player-server-lost = The connection to the video's server was lost.
player-next-try = Trying again in { $left }; /retry tries now.
player-trying = Trying again now.
player-resolver = YouTube didn't provide this video: { $reason }. Updating yt-dlp often helps, then /retry; a direct .mp4 link works without it.
player-resolver-missing = YouTube links need yt-dlp, which wasn't found. Install it (pipx install yt-dlp; macOS: brew install yt-dlp), then /retry; a direct .mp4 link works without it.
player-failed = Couldn't play the video: { $reason }. Check that the link opens in a browser, then /retry; a direct .mp4 link works best.
player-cannot-seek = Your mpv can't join this stream midway or jump in it: it lands at its end instead. Get an mpv with a newer FFmpeg, then /retry; a direct .mp4 link works best.
player-stopped = The video was stopped in mpv's window. /retry opens it again.
player-replaced = mpv opened something other than the room's video, such as a playlist, so it was stopped. /retry opens the room's video again; a direct .mp4 link works best.
player-no-javascript = YouTube needs a JavaScript runtime, and yt-dlp found none. Install deno 2 or newer, then /retry; a direct .mp4 link works without it.
player-challenge = yt-dlp couldn't get past YouTube's bot check. Update yt-dlp and install deno 2 or newer, then /retry; a direct .mp4 link works without it.
player-no-such-format = YouTube doesn't have this video in the quality you chose. Choose another with /quality or update yt-dlp, then /retry.
player-sign-in = YouTube takes you for a bot and wants you to sign in. Join again with your browser's login (--player-arg=--ytdl-raw-options=cookies-from-browser=firefox), or /retry later; a direct .mp4 link works without it.
player-age-restricted = YouTube shows this video only to adults who are signed in. Join again with your browser's login (--player-arg=--ytdl-raw-options=cookies-from-browser=firefox), or try another link; /retry checks again.
player-private = This YouTube video is private or for members only. Ask its owner for access or try another link; /retry checks again.
player-unavailable = This video isn't available on YouTube. Check the link in a browser or try another, such as a direct .mp4 link; /retry checks again.
player-region = YouTube doesn't show this video in your country. Try another link; /retry checks again.
player-not-yet = This YouTube video hasn't started yet. Type /retry once it has.
player-too-many-requests = YouTube is getting too many requests from your address. Wait a few minutes, then /retry; a direct .mp4 link works right away.
player-youtube-unreachable = YouTube can't be reached. Check your connection, then /retry.

## Faults of media (fault-)

fault-password-asked = The video's server asks for a password. Use another link that opens without one; /retry asks again.
fault-refused = The video's server refuses this link; it may have expired. Copy a fresh one from where you got it, or /retry.
fault-gone = There's no video at this link; it may have been removed. Copy the whole link again or use another link; /retry checks again.
fault-ranges-refused = The video's server sends the file neither in parts nor whole. Use another link; /retry asks again.
fault-busy = The video's server is too busy. Wait a minute, then /retry, or use another link.
fault-status = The video's server answered with an error (HTTP status { $status }). Check that the link opens in a browser, then /retry, or use another link.
fault-web-page = Got a web page instead of a video, perhaps this network's login. Open any page in a browser and log in, then /retry; if the link is to a page, use the link to the file.
fault-empty = The link leads to an empty file. It may still be uploading: /retry later, or use another link.
fault-incomplete = The file is incomplete: it ends earlier than its index says. It may still be uploading: /retry later, or use another link.
fault-index-at-end = This MP4 has its index at the end and its server can't send it in parts, so players can't read it. Use another link, or convert the file with `ffmpeg -i IN -c copy -movflags +faststart OUT`.
fault-circle = The link redirects in a circle. Follow it in a browser and use the link where it ends, or /retry.
fault-not-web = The link leads to something that isn't a web address. Use another link, to the video file itself; /retry checks again.
fault-closed-unanswered = The video's server hung up without answering. /retry asks again; if that doesn't help, use another link.
fault-no-answer = The video's server didn't answer within 10 seconds. Check your network, then /retry, or use another link.
fault-changed = The file at the link has been replaced by another one. /retry opens the new one; if that doesn't help, use another link.
fault-broken = The connection to the video's server was lost and didn't come back. Check your network, then /retry, or use another link.
fault-certificate = The video's server has an invalid certificate. Check this computer's date and whether this network asks you to log in, then /retry, or use another link.
fault-tls-mismatch = The link says https where its server speaks http, or the other way round. Use the link with the other of the two; /retry tries again.
fault-name-not-found = The video's server can't be found. Check how the link is spelled, and your network, then /retry, or use another link.
fault-nobody-listens = There's no web server at the link's address. /retry once it's running, or use another link.
fault-no-route = This computer can't reach the video's server. Check your network, then /retry, or use another link.
fault-proxy-away = Your proxy (HTTP_PROXY or HTTPS_PROXY) can't be reached. Check that variable and your network, then /retry.
fault-proxy-refuses = Your proxy (HTTP_PROXY or HTTPS_PROXY) doesn't let this link through. Check the password in that variable and what the proxy allows, then /retry, or use another link.
fault-parts-missing = The stream was found, but its parts can't be loaded. It may have ended: /retry, or use another link.
fault-nothing-to-play = There's neither video nor sound at this link. Check that it opens in a browser, then /retry, or use another link.
fault-still-picture = The link leads to a still picture, not a video. Use another link, to the video file itself; /retry checks again.
fault-not-http = What answers at the link's address isn't a web server. Check the port in the link, then /retry, or use another link.
fault-compressed = The video's server compresses the file in transit, and players can't read that. Use another link, or ask its owner to serve the file as it is; /retry asks again.
fault-forbidden-content = Not opened: the link leads to a list that could send your player anywhere. Use another link, to the video file itself; /retry checks again.
fault-private-address = Not opened: the link leads to an address outside the public internet, such as one on your own network. If you trust this room, leave and join again with --allow-private-media, or use another link.
fault-took-too-long = The video took too long to open. Its server may be slow: /retry, or use another link.

## Links (media-)

media-empty = Enter a link: a YouTube video, or a media file such as https://example.org/film.mp4.
media-too-long = That link is too long: the limit is { $limit } bytes. Look for a shorter link to the same video.
media-control-character = That link contains an invisible control character. Copy it again, or type it.
media-several-links = That's more than one link. Enter one at a time.
media-local-file = That's a file on your own computer, and nobody else in the room has it. Put it on a web server and use its http or https link.
media-scheme = { $scheme } links don't work here. Use one that starts with https:// or http://.
media-not-a-link = { $text } isn't a link. Enter the link to a YouTube video, or to a media file such as https://example.org/film.mp4.
media-malformed = That link is broken. Copy it again from the address bar, all of it.
media-credentials = That link contains a user name or password, which the whole room would see. Use one that works without (nothing before an “@”).
media-youtube-no-video = That YouTube link doesn't lead to a video. Open the video itself and copy its link.
media-youtube-bad-id = That YouTube link has { $found } where the video's ID should be: eleven letters, digits, “-” or “_”. Copy the link again, all of it.
media-youtube-playlist = That YouTube link is a playlist. Open one of its videos and copy its link.
media-youtube-channel = That YouTube link is a channel. Open the video itself and copy its link.
media-youtube-live = That YouTube link leads to whatever the channel is streaming at the moment. Open the stream and copy the link to that video (Share, Copy).
media-youtube-clip = That YouTube link is a clip and doesn't say which video it's from. Open the full video and copy its link.
media-youtube-search = That YouTube link is a search. Open the video itself and copy its link.
media-youtube-elsewhere = That YouTube link leads to another site. Follow it in a browser and copy the link where it ends.
media-hash-in-name = That link has a “#” in its file name, and links end there. Write “%23” instead.
media-no-extension = That isn't a YouTube link and doesn't end like a media file, so it looks like a web page. Use the link to the file itself; it ends in { $endings }.
media-unknown-extension = That isn't a YouTube link and ends in { $ending }, so it looks like a web page. Use the link to the file itself; it ends in { $endings }.
media-endings = { $others } or { $last }
media-refused-address = Not opened: the link leads to { $address } ({ $what }), not to the public internet. If you trust this room, leave and join again with --allow-private-media.
media-refused-name = Not opened: the link leads to { $host }, a name on a local network, not to the public internet. If you trust this room, leave and join again with --allow-private-media.
media-range-own = your own computer
media-range-private = an address on a private network
media-range-link-local = an address on your own network
media-range-shared = an address inside a provider's network
media-range-multicast = a multicast address
media-range-documentation = an address reserved for examples
media-range-reserved = a reserved address

## When nobody can play it (standstill-)

standstill-nobody = ✕ nobody can play it
standstill-all-ended = ■ ended for everyone
standstill-all-closed = ○ no player is open
standstill-gone = the link is dead
standstill-refused = the link asks for a password or has expired
standstill-busy = the video's server is busy
standstill-unreachable = the video's server can't be reached
standstill-not-video = the link isn't a video
standstill-other = their player can't open it
standstill-other-for-all = no player here can open it
standstill-started-without = Starting without { $missed }: not ready in time.
standstill-you = you
standstill-one = { $who } can't play this: { $reason }.
standstill-one-retries = { $who } can't play this right now: { $reason }. Their player is trying again.
standstill-failed = Nobody can play it: { $reason }.
standstill-ended = Everyone's copy of the video ends here.
standstill-closed = No player has the video open. The room waits until one does: /retry opens yours.
standstill-next = The next video starts in { $left }; an admin can start it now with /go, or stay with /pause.
standstill-retry = /retry tries again; an admin can play another with /play LINK.
standstill-all-wait = No player can go on right now. The video waits until one can, for { $at_most } at most; an admin can stop waiting with /go.
standstill-somebody = The video plays after all.
standstill-part-skipped = A part of the video is missing for everyone: jumped from { $from } to { $to }.
standstill-length-set = { $you ->
    [yes] You set the video's length to { $length }. /length off takes it back.
   *[no] { $who } set the video's length to { $length }.
}
standstill-length-unset = { $you ->
    [yes] You set the video's length back to what the players report.
   *[no] { $who } set the video's length back to what the players report.
}

## What the player did and why (decision-)

decision-because = { $what }: { $why }
decision-because-off = { $what }: { $why }; { $off }
decision-off = { $side ->
    [behind] it was { $off } behind
   *[ahead] it was { $off } ahead
}
decision-off-within = { $side ->
    [behind] it was { $off } behind, ±{ $bound }
   *[ahead] it was { $off } ahead, ±{ $bound }
}
decision-load = opened the video at { $at }
decision-seek = jumped to { $to }
decision-pause = paused
decision-play = started playing
decision-rate = set the speed to { $rate }×
decision-slowed = slowed to { $speed }×
decision-sped-up = sped up to { $speed }×
decision-restored = back to { $rate }×
decision-back-off = waiting before the next jump, as the last one didn't help
decision-give-up = gave up on the video
decision-joined = you joined the room
decision-loaded = a new video is on
decision-room-paused = the room paused
decision-room-plays = the room is playing
decision-room-counts = an admin is counting down
decision-room-jumped = the room jumped
decision-media-over = the video has ended
decision-room-rate = the room changed its speed
decision-room-waits = the room is waiting for a member
decision-wait-over = the room's wait is over
decision-action-undone = what you did in the player was undone
decision-player-back = the player started
decision-thawed = the player is responding again
decision-reopened = the video was reopened
decision-slept = this computer was asleep
decision-drift = it was out of step
decision-ahead = waiting for the room to catch up
decision-room-arrived = the room has caught up
decision-data-late = the data came late, and the room had moved on
decision-tried-again = the video broke off or didn't open, trying again
decision-uncached = the room went back to a part that's no longer cached, and this video can't be jumped in, so it loads again from the start
decision-does-not-play = it doesn't play

## Plain lines (line-)


## The goodbye (goodbye-)


## The gallery of rooms (room-)


## The start (start-)


## The server (server-)


## The command line (cli-)


## Errors of the settings (config-)

