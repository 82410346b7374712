//! How the checkout looks: one page without scripts, and nothing that is loaded from elsewhere.

use ringup_core::purchase::Agreement;

use crate::world::{Checkout, CheckoutStatus};

pub(super) const STYLE: &str = include_str!("style.css");

/// The page of a checkout, in a world that is reached below `base`.
pub(super) fn checkout(
    base: &str,
    checkout: &Checkout,
    agreement: Option<&Agreement>,
    bought: Option<&str>,
    seller: &str,
) -> String {
    let (amount, id) = (escaped(&checkout.amount.to_string()), escaped(checkout.id.as_str()));
    let country = agreement.map(|agreement| agreement.country.to_string()).unwrap_or_default();
    let holder = agreement.and_then(|agreement| agreement.holder.as_ref()).map(ToString::to_string);
    let monthly = agreement.map(|agreement| &agreement.price);
    let monthly = monthly.map(|price| price.write(price.monthly_fee).to_string()).unwrap_or_default();
    let row = |name: &str, value: &str| match value {
        "" => String::new(),
        value => format!("<div><dt>{name}</dt><dd>{}</dd></div>", escaped(value)),
    };
    let rows = [
        row("Phone number in", &country),
        row("For", holder.as_deref().unwrap_or_default()),
        row("Then every month", &monthly),
        row("Your number", bought.unwrap_or_default()),
    ];
    let foot = match checkout.status {
        CheckoutStatus::Open => format!(
            "<form method=\"post\" action=\"{base}/_sim/checkout/{id}/pay\"><button class=\"pay\">Pay {amount}</button></form>\
             <form method=\"post\" action=\"{base}/_sim/checkout/{id}/decline\"><button class=\"decline\">Decline</button></form>"
        ),
        CheckoutStatus::Paid | CheckoutStatus::Declined | CheckoutStatus::Expired => {
            format!("<p class=\"status {}\">{}</p>", class(checkout.status), sentence(checkout.status))
        }
    };
    let due = match checkout.status {
        CheckoutStatus::Open => "due now",
        CheckoutStatus::Paid => "paid",
        CheckoutStatus::Declined | CheckoutStatus::Expired => "not paid",
    };
    let title = format!("{} checkout", escaped(seller));
    let body = format!("<h1>{amount}</h1><p class=\"due\">{due}</p><dl>{}</dl>{foot}", rows.concat());
    frame(&title, &body, &format!("session {id}"))
}

/// The page of a checkout that does not exist.
pub(super) fn unknown() -> String {
    let body =
        "<h1>No such checkout</h1><p class=\"status\">The link is wrong, or the simulation has begun again since.</p>";
    frame("Checkout", body, "")
}

/// How a checkout stands, for the customer.
pub(super) const fn sentence(status: CheckoutStatus) -> &'static str {
    match status {
        CheckoutStatus::Open => "It can be paid.",
        CheckoutStatus::Paid => "It is paid. You can close this page.",
        CheckoutStatus::Declined => "The payment was declined. Nothing was taken.",
        CheckoutStatus::Expired => "Its time has run out. Start the purchase again.",
    }
}

const fn class(status: CheckoutStatus) -> &'static str {
    match status {
        CheckoutStatus::Paid => "paid",
        CheckoutStatus::Open | CheckoutStatus::Declined | CheckoutStatus::Expired => "over",
    }
}

/// A page: one card, nothing loaded from elsewhere.
pub(crate) fn frame(title: &str, body: &str, foot: &str) -> String {
    format!(
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>{title}</title>\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><style>{STYLE}</style></head>\
         <body><main><header><b>{title}</b><span>no real money</span></header>{body}<footer>{foot}</footer></main></body></html>"
    )
}

/// A text within HTML.
pub(crate) fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
