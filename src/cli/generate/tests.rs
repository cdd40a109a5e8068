use super::command_page::exit_codes;
use super::*;

#[test]
fn a_list_of_exit_codes_is_split_at_its_numbers_only() {
    let codes = exit_codes(
        "Exit codes: 0 you left, 1 it failed, or was late; 5 not read: 8 MiB, or the last, 2.",
    );
    assert_eq!(
        codes,
        [
            "0 you left",
            "1 it failed, or was late",
            "5 not read: 8 MiB, or the last, 2"
        ]
    );
}

#[test]
fn no_line_of_a_page_is_long_ends_in_a_blank_or_is_taken_for_a_request() {
    for sheet in sheets().iter().chain(&russian_sheets()) {
        let text = sheet.render();
        let mut is_example = false;
        for line in text.lines() {
            match line {
                ".nf" => is_example = true,
                ".fi" => is_example = false,
                _ => {}
            }
            assert_eq!(line.trim_end(), line);
            let request = line.strip_prefix(['.', '\'']);
            let is_request = |rest: &str| {
                rest.starts_with(|c: char| c.is_ascii_uppercase() || c == '\\')
                    || ["nf", "fi", "ie", "el"]
                        .iter()
                        .any(|known| rest.starts_with(known))
            };
            assert!(request.is_none_or(is_request), "{line}");
            let may_be_long = is_example || request.is_some() || !line.contains(' ');
            assert!(may_be_long || line.len() <= 80, "{line}");
        }
    }
}

#[test]
fn every_page_ends_with_where_to_read_on_and_names_pages_that_there_are() {
    let sheets = sheets();
    let names: Vec<String> = sheets.iter().map(Sheet::file_name).collect();
    for sheet in &sheets {
        let text = sheet.render();
        let (_, last) = text
            .rsplit_once(".SH \"SEE ALSO\"\n")
            .expect("the last section");
        let last = last
            .replace("\\fB", "")
            .replace("\\fR", "")
            .replace("\\-", "-");
        for page in last
            .split([',', '\n'])
            .map(str::trim)
            .filter(|page| page.starts_with("watchtogether"))
        {
            let file = page.replace('(', ".").replace(')', "");
            assert!(names.contains(&file), "{}: {page}", sheet.file_name());
        }
    }
}

#[test]
fn every_page_of_a_command_has_an_example() {
    let sheets = sheets();
    let of_commands = |sheet: &&Sheet| sheet.file_name().ends_with(".1");
    for sheet in sheets.iter().filter(of_commands) {
        let has_example = sheet.render().contains(".SH EXAMPLES\n");
        assert!(has_example, "{}", sheet.file_name());
    }
}
