//! The requests that a source prints, sent as printed: only host and credentials are changed.

use ringup_simulator::http::Request;
use ringup_tests::scenario::{difference, file, read};
use serde_json::Value;

use super::simulation;
use super::sources::bodies;

/// What becomes of a printed request before it is sent here.
struct Place {
    dialect: &'static str,
    /// Where it is sent in the document.
    host: &'static str,
    /// What is put in place of what the document leaves open.
    filled: &'static [(&'static str, &'static str)],
    /// The headers whose printed value is none, with the credentials of the account of the documents.
    signed: &'static [(&'static str, &'static str)],
}

const VOBIZ: Place = Place {
    dialect: "vobiz",
    host: "https://api.vobiz.ai",
    filled: &[("{auth_id}", "MA_XXXXXXXX")],
    signed: &[("x-auth-id", "MA_XXXXXXXX"), ("x-auth-token", "token_ma_xxxxxxxx")],
};

const VANTAX: Place = Place { dialect: "vantax", host: "https://api.vantaxai.com", filled: &[], signed: &[] };

#[test]
fn every_printed_curl_of_vobiz_gets_the_printed_answer() {
    let source = file("vobiz", "golden/source.txt");
    let printed = bodies(&source).into_iter().find(|body| body["message"] == "Number purchased successfully").unwrap();
    let requests = curls(&VOBIZ, &source);
    assert_eq!(requests.len(), 3);
    for request in requests {
        let in_dollars = request.text().unwrap().contains("USD");
        let (status, found) = read(&simulation().handle(&request));
        assert_eq!(status, 200, "{found}");
        let mut expected = printed.clone();
        // The first printed body, with the `auth_id` of the second; price and currency as asked.
        expected["number"]["auth_id"] = VOBIZ.signed[0].1.into();
        if in_dollars {
            expected["number"]["setup_fee"] = 0.into();
            expected["number"]["currency"] = "USD".into();
            expected["items"][0]["currency"] = "USD".into();
        }
        for instant in ["purchased_at", "created_at", "updated_at"] {
            assert_instant(&found["number"][instant]);
            expected["number"][instant] = Value::Null;
        }
        assert_eq!(difference("", &expected, &found), None);
        assert_order(&printed["number"], &found["number"]);
        assert_order(&printed["items"][0], &found["items"][0]);
    }
}

#[test]
fn the_printed_curl_of_vantax_gets_the_printed_answer() {
    let source = file("vantax", "golden/source.txt");
    let mut printed = bodies(&source).into_iter().find(|body| body["success"] == true).unwrap();
    let requests = curls(&VANTAX, &source);
    let [request] = requests.as_slice() else { panic!("{requests:?}") };
    let (status, found) = read(&simulation().handle(request));
    assert_eq!(status, 201, "{found}");
    assert_order(&printed, &found);
    assert_order(&printed["data"], &found["data"]);
    assert_order(&printed["data"]["capabilities"], &found["data"]["capabilities"]);
    assert!(found["data"]["id"].as_str().unwrap().starts_with("pn_"), "{found}");
    assert_instant(&found["data"]["created_at"]);
    for another in ["id", "created_at"] {
        printed["data"][another] = Value::Null;
    }
    assert!(found["data"]["agent_id"].is_null(), "{found}");
    assert_eq!(difference("", &printed, &found), None);
}

fn assert_instant(found: &Value) {
    let found = found.as_str().unwrap();
    assert_eq!((found.len(), &found[10..11], &found[19..]), (20, "T", "Z"), "{found}");
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
    let request = curls(&VOBIZ, &source).into_iter().find(|request| request.text().unwrap().contains("USD")).unwrap();
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
fn curls(place: &Place, source: &str) -> Vec<Request> {
    source.match_indices("curl -").map(|(at, _)| curl(place, &source[at + "curl ".len()..])).collect()
}

/// One command: options and their values, up to the end of the data.
fn curl(place: &Place, command: &str) -> Request {
    let mut request = Request::default();
    let mut rest = command;
    loop {
        let option = word(&mut rest);
        match option.as_str() {
            "--request" | "-X" => request.method = word(&mut rest),
            "--url" => request.path = place.ours(&word(&mut rest)),
            "--header" | "-H" => {
                let header = word(&mut rest);
                let (name, value) = header.split_once(':').unwrap();
                let name = name.trim().to_lowercase();
                let signed = place.signed.iter().find(|(signed, _)| *signed == name);
                let value = signed.map_or(value.trim(), |(_, value)| value);
                request.headers.insert(name, value.to_owned());
            }
            "--data" | "-d" => {
                request.body = word(&mut rest).into();
                return request;
            }
            url => request.path = place.ours(url),
        }
    }
}

impl Place {
    fn ours(&self, url: &str) -> String {
        let url = url.replace(self.host, &format!("/{}", self.dialect));
        self.filled.iter().fold(url, |url, (open, filled)| url.replace(open, filled))
    }
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
