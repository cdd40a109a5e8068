//! HLS lists whose time stamps jump at a discontinuity.

use super::{H264, Mpv, Stage, beside, made, read};
use crate::test_support::origin::{answer, served};

/// The lines of the segments in a list, with their lengths.
fn segments(list: &str, folder: &str) -> String {
    let lines = list.lines().filter_map(|line| match line {
        line if line.starts_with("#EXTINF") => Some(format!("{line}\n")),
        line if line.starts_with('#') => None,
        segment => Some(format!("{folder}/{segment}\n")),
    });
    lines.collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn mpv_counts_on_where_the_stamps_of_a_list_jump() {
    for offset in ["0", "480"] {
        let hls = ["-f", "hls", "-hls_time", "2", "-hls_list_size", "0"];
        let media_bytes = [&H264[..], &hls].concat();
        let later = [&media_bytes[..], &["-output_ts_offset", offset]].concat();
        let folders = [made(&media_bytes, "list.m3u8"), made(&later, "list.m3u8")];
        let lists = folders.each_ref().map(|it| read(it.path(), "list.m3u8"));
        let [first, second] = lists.map(|it| String::from_utf8(it).unwrap());
        let list = format!(
            "#EXTM3U\n#EXT-X-TARGETDURATION:2\n{}#EXT-X-DISCONTINUITY\n{}#EXT-X-ENDLIST\n",
            segments(&first, "0"),
            segments(&second, "1")
        );
        let paths = folders.each_ref().map(|it| it.path().to_owned());
        let mut stage = Stage::new(move |asked| {
            let place = asked.path.trim_start_matches('/').split_once('/');
            match place.map(|(folder, name)| (usize::from(folder == "1"), name)) {
                Some((folder, name)) => served(&read(&paths[folder], name), asked),
                None if asked.path == "/list.m3u8" => served(list.as_bytes(), asked),
                None => answer(404, &[], b""),
            }
        })
        .await;
        let opened = stage.open("list.m3u8");
        stage.relay.shown(opened.load);
        beside(move || {
            let mut mpv = Mpv::start();
            assert!(mpv.open(&opened.address), "{offset}");
            // mpv keeps reading while it is paused.
            mpv.until_read(38.0);
            let length = mpv.property("duration").as_f64().unwrap();
            assert!((length - 40.0).abs() < 0.5, "{offset}: {length}");
            for to in [31.0, 5.0, 21.5] {
                mpv.seek(to);
                let position = mpv.position();
                assert!((position - to).abs() < 0.1, "{offset}, {to}: {position}");
            }
        })
        .await;
    }
}
