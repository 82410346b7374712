//! The requests that a source prints, sent as printed: only host and credentials are changed.

use ringup_simulator::http::Request;
use serde_json::Value;

use super::sources::bodies;
use super::{difference, file, read, simulation};

/// The account of the documents.
const ACCOUNT: (&str, &str) = ("MA_XXXXXXXX", "token_ma_xxxxxxxx");

#[test]
fn every_printed_curl_gets_the_printed_answer() {
    let source = file("vobiz", "golden/source.txt");
    let printed = bodies(&source).into_iter().find(|body| body["message"] == "Number purchased successfully").unwrap();
    let requests = curls(&source);
    assert_eq!(requests.len(), 3);
    for request in requests {
        let in_dollars = request.body.contains("USD");
        let (status, found) = read(&simulation().handle(&request));
        assert_eq!(status, 200, "{found}");
        let mut expected = printed.clone();
        // The first printed body, with the `auth_id` of the second; price and currency as asked.
        expected["number"]["auth_id"] = ACCOUNT.0.into();
        if in_dollars {
            expected["number"]["setup_fee"] = 0.into();
            expected["number"]["currency"] = "USD".into();
            expected["items"][0]["currency"] = "USD".into();
        }
        for instant in ["purchased_at", "created_at", "updated_at"] {
            let found = found["number"][instant].as_str().unwrap();
            assert_eq!((found.len(), &found[10..11], &found[19..]), (20, "T", "Z"), "{instant}: {found}");
            expected["number"][instant] = Value::Null;
        }
        assert_eq!(difference("", &expected, &found), None);
        assert_order(&printed["number"], &found["number"]);
        assert_order(&printed["items"][0], &found["items"][0]);
    }
}

/// The printed members come in the printed order.
fn assert_order(printed: &Value, found: &Value) {
    let names = |value: &Value| value.as_object().unwrap().keys().cloned().collect::<Vec<String>>();
    let printed = names(printed);
    let found: Vec<String> = names(found).into_iter().filter(|name| printed.contains(name)).collect();
    assert_eq!(found, printed);
}

#[test]
fn the_second_printed_body_s_members_are_all_there() {
    let source = file("vobiz", "golden/source.txt");
    let second = bodies(&source).into_iter().find(|body| body["message"] == "purchased from inventory").unwrap();
    let request = curls(&source).into_iter().find(|request| request.body.contains("USD")).unwrap();
    let (_, found) = read(&simulation().handle(&request));
    for (name, value) in second["number"].as_object().unwrap() {
        let same = |one: &Value, other: &Value| std::mem::discriminant(one) == std::mem::discriminant(other);
        assert!(same(&found["number"][name], value), "{name}");
    }
    for amount in ["setup_fee", "monthly_fee"] {
        assert_eq!(found["number"][amount].as_f64(), second["number"][amount].as_f64(), "{amount}");
    }
}

/// The curl commands of a text, as requests to this simulator.
fn curls(source: &str) -> Vec<Request> {
    source.match_indices("curl -").map(|(at, _)| curl(&source[at + "curl ".len()..])).collect()
}

/// One command: options and their values, up to the end of the data.
fn curl(command: &str) -> Request {
    let mut request = Request::default();
    let mut rest = command;
    loop {
        let option = word(&mut rest);
        let value = |rest: &mut &str| ours(&word(rest));
        match option.as_str() {
            "--request" | "-X" => request.method = word(&mut rest),
            "--url" => request.path = value(&mut rest),
            "--header" | "-H" => {
                let header = word(&mut rest);
                let (name, value) = header.split_once(':').unwrap();
                let name = name.trim().to_lowercase();
                let value = match name.as_str() {
                    "x-auth-id" => ACCOUNT.0,
                    "x-auth-token" => ACCOUNT.1,
                    _ => value.trim(),
                };
                request.headers.insert(name, value.to_owned());
            }
            "--data" | "-d" => {
                request.body = word(&mut rest);
                return request;
            }
            url => request.path = ours(url),
        }
    }
}

fn ours(url: &str) -> String {
    url.replace("https://api.vobiz.ai", "/vobiz").replace("{auth_id}", ACCOUNT.0)
}

/// The next word of a shell command: quoted, or up to a blank; a backslash joins lines.
fn word(rest: &mut &str) -> String {
    *rest = rest.trim_start_matches([' ', '\n', '\\']);
    let quote = rest.chars().next().filter(|first| matches!(first, '\'' | '"'));
    let (word, after) = match quote {
        Some(quote) => rest[1..].split_once(quote).unwrap(),
        None => rest.split_once([' ', '\n']).unwrap(),
    };
    *rest = after;
    word.to_owned()
}
