//! The facts of a request that are one of a few: plans, billing, verifications, roles, currencies, what was seen.

use std::collections::BTreeSet;
use std::rc::Rc;

use ringup_core::shop::{BillingKind, Plan};
use ringup_core::{Country, Currency, CustomerTerms, HolderId, KycStatus, Money, Role, Shop, Standing, quote};
use ringup_numbering::WorldPlan;

use super::{Sample, Setting};
use crate::console::words::name;

pub(super) const HOLDER: &str = "holder";

/// What the wallet of the usual customer holds: more than anything costs.
const PLENTY: i64 = 1_000_000_000;

/// The usual customer: everything is arranged, and nothing is held.
pub(super) fn standing() -> Standing {
    let holders = HOLDER.parse::<HolderId>().into_iter().collect();
    Standing { holders, ..Standing::new(CustomerTerms::new(BillingKind::Usage)) }
}

/// The plans: first a paid one that both have and that allows the most, last none.
pub(super) fn plans(shops: &[&Shop; 2]) -> Vec<Setting> {
    let mut all: Vec<&Plan> = Vec::new();
    for plan in shops.iter().flat_map(|shop| shop.plans()) {
        if all.iter().all(|other| other.id != plan.id) {
            all.push(plan);
        }
    }
    let lacks = |plan: &Plan| shops.iter().filter(|shop| shop.plan(&plan.id).is_none()).count();
    all.sort_by_key(|plan| (!plan.is_paid(), lacks(plan), plan.included_numbers, std::cmp::Reverse(plan.number_limit)));
    let ids = all.into_iter().map(|plan| Some(plan.id.clone())).chain([None]);
    ids.map(|id| {
        let label = id.as_ref().map_or("no plan".into(), |id| format!("plan {id}"));
        Setting::new(label, move |case| case.standing.terms.plan.clone_from(&id))
    })
    .collect()
}

/// How the customer is billed, whether a subscription runs, and whether a payment method is on file.
pub(super) fn billings() -> Vec<Setting> {
    let mut all = Vec::new();
    for on_file in [true, false] {
        for subscribed in [0, 1] {
            for kind in [BillingKind::Usage, BillingKind::Subscription, BillingKind::Prepaid] {
                let running = if subscribed == 0 { "" } else { ", subscribed already" };
                let filed = if on_file { "" } else { ", no payment method on file" };
                all.push(Setting::new(format!("{} billing{running}{filed}", name(&kind)), move |case| {
                    case.standing.terms.billing = kind;
                    case.standing.terms.payment_method_on_file = on_file;
                    case.standing.held.subscribed = subscribed;
                }));
            }
        }
    }
    all
}

pub(super) fn confirmations() -> Vec<Setting> {
    vec![
        Setting::new("not confirmed", |_| {}),
        Setting::new("confirmed", |case| case.request.confirm_additional = true),
    ]
}

/// The account's verification and the country's: both alike, and one approved without the other.
pub(super) fn verifications() -> Vec<Setting> {
    use KycStatus::{Approved, Declined, Initiated, NotSubmitted, Pending};
    let verified = |label: String, account: KycStatus, country: KycStatus| {
        Setting::new(label, move |case| {
            let kyc = &mut case.standing.terms.kyc;
            kyc.account = account;
            let wanted = case.request.country.as_deref().and_then(|country| country.parse().ok());
            kyc.countries.extend(wanted.map(|wanted: Country| (wanted, country)));
        })
    };
    let alike = [Approved, NotSubmitted, Initiated, Pending, Declined]
        .map(|status| verified(format!("verification {}", name(&status)), status, status));
    let mut all = Vec::from(alike);
    all.push(verified("the account verified, the country not".into(), Approved, NotSubmitted));
    all.push(verified("the country verified, the account not".into(), NotSubmitted, Approved));
    all
}

pub(super) fn roles() -> Vec<Setting> {
    let acting = |role: Role| Setting::new(role.title(), move |case| case.standing.actor.role = role);
    [Role::Owner, Role::Admin, Role::Member, Role::Viewer].map(acting).into()
}

pub(super) fn holders() -> Vec<Setting> {
    vec![
        Setting::new("a holder", |_| {}),
        Setting::new("no holder named", |case| case.request.holder = None),
        Setting::new("a holder who does not count", |case| {
            case.standing.uncounted_holders.extend(HOLDER.parse::<HolderId>().ok());
        }),
    ]
}

/// The currencies that the policies name.
pub(super) fn all_currencies(shops: &[&Shop; 2]) -> BTreeSet<Currency> {
    let of_rates = shops.iter().flat_map(|shop| &shop.rate_card().rates).map(|rate| rate.monthly_fee.currency());
    let exponents = shops.iter().flat_map(|shop| shop.rate_card().exponents.keys().copied());
    of_rates.chain(exponents).chain(shops.iter().map(|shop| shop.policy().default_currency)).collect()
}

pub(super) fn balances(shops: &[&Shop; 2]) -> Vec<Setting> {
    let plenty: Vec<Money> =
        all_currencies(shops).into_iter().filter_map(|currency| Money::new(PLENTY, currency).ok()).collect();
    vec![
        Setting::new("a full wallet", move |case| case.standing.balances.clone_from(&plenty)),
        Setting::new("an empty wallet", |_| {}),
    ]
}

pub(super) fn currencies(shops: &[&Shop; 2]) -> Vec<Setting> {
    let paying = |currency: Currency| {
        Setting::new(format!("paying in {currency}"), move |case| case.request.currency = Some(currency.to_string()))
    };
    let first = core::iter::once(Setting::new("no currency named", |_| {}));
    first.chain(all_currencies(shops).into_iter().map(paying)).collect()
}

/// What the person has seen: the price or the quote of the policy before.
pub(super) fn seen(shops: &[Rc<Shop>; 2]) -> Vec<Setting> {
    let [before, _] = shops;
    let quoted =
        |shop: &Shop, case: &Sample| quote(shop, &WorldPlan, &case.standing, &case.offers, &case.request, case.now);
    let (of_price, of_quote) = (Rc::clone(before), Rc::clone(before));
    vec![
        Setting::new("nothing seen", |_| {}),
        Setting::new("the price of before seen", move |case| {
            case.request.price_seen = quoted(&of_price, case).price.map(|price| price.seen());
        }),
        Setting::new("the quote of before seen", move |case| {
            let quote = quoted(&of_quote, case);
            case.request.quote_seen = quote.price.is_some().then(|| Box::new(quote.seen()));
        }),
    ]
}
