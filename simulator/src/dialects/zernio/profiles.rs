//! `/v1/profiles`: who may hold numbers within the account.

use ringup_core::{AccountId, HolderId};
use serde::Deserialize;
use serde_json::json;

use super::status;
use super::translate::DEFAULT_PROFILE;
use super::wire::Profile;
use crate::http::{Request, Response};
use crate::kit::ids;
use crate::kit::json::{non_null, read_object, to_json};
use crate::retailer::{Caller, HolderCard, Session};

const COLOR: &str = "#3b82f6";

#[derive(Default, Deserialize)]
#[serde(default)]
struct Sent {
    #[serde(deserialize_with = "non_null")]
    name: Option<String>,
    #[serde(deserialize_with = "non_null")]
    description: Option<String>,
    #[serde(deserialize_with = "non_null")]
    color: Option<String>,
}

/// The profiles of the account, the default one first.
pub(super) fn list(caller: &Caller, session: &Session<'_>) -> Response {
    let holders = session.account(&caller.account).into_iter().flat_map(|account| account.holders());
    let may = |holder: &&HolderId| caller.actor.only_holder.as_ref().is_none_or(|only| only == *holder);
    let profiles = holders.map(|holder| &holder.id).filter(may).map(|holder| render(holder, caller, session));
    Response::json(200, json!({ "profiles": to_json(profiles.collect::<Vec<Profile>>()) }))
}

pub(super) fn create(request: &Request, caller: &Caller, session: &mut Session<'_>) -> Response {
    let sent: Sent = match read_object(&request.body) {
        Ok(sent) => sent,
        Err(unreadable) => return status::unreadable(unreadable),
    };
    let Some(name) = sent.name.filter(|name| !name.trim().is_empty()) else {
        return status::bad_request("name is required", json!({ "field": "name" }));
    };
    if caller.actor.only_holder.is_some() {
        return status::error(403, "This API key may not create profiles");
    }
    let count = session.account(&caller.account).map_or(0, |account| account.holders().count());
    let id = ids::hex_24_of(&format!("{}/{count}", caller.account));
    let Ok(holder) = id.parse::<HolderId>() else { return status::not_found() };
    let card = HolderCard { name, description: sent.description, color: sent.color };
    if let Err(failure) = session.add_holder(&caller.account, holder.clone(), card) {
        return failure.into_response();
    }
    let profile = to_json(render(&holder, caller, session));
    Response::json(201, json!({ "message": "Profile created successfully", "profile": profile }))
}

/// A profile's name as a person reads it: the one that it was given, or one that follows from its id.
pub(super) fn name(id: &str, account: &AccountId, session: &Session<'_>) -> String {
    let card = id.parse().ok().and_then(|holder: HolderId| session.holder_card(account, &holder));
    match card {
        Some(card) => card.name.clone(),
        None if id == DEFAULT_PROFILE => "Default".into(),
        None => format!("Profile {}", id.get(..6).unwrap_or(id)),
    }
}

fn render(holder: &HolderId, caller: &Caller, session: &Session<'_>) -> Profile {
    let card = session.holder_card(&caller.account, holder).cloned().unwrap_or_default();
    Profile {
        id: holder.to_string(),
        name: name(holder.as_str(), &caller.account, session),
        description: card.description,
        color: card.color.unwrap_or_else(|| COLOR.into()),
        is_default: holder.as_str() == DEFAULT_PROFILE,
    }
}
