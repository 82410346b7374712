//! Buying: a customer asks, and the answer must be true when it is given. What is accepted keeps the rules, what is a
//! repeat is the same request, and what is refused is refused for the reason that is told.

use ringup_core::{
    Actor, MakePurchase, PriceSeen, PurchaseAnswer, PurchaseError, PurchaseId, PurchaseRequest, Rejection, Role,
};

use crate::accountant::{Statement, Status, violation};
use crate::advice::is_of_decide;
use crate::coverage::Shape;
use crate::history::{Done, History};
use crate::moves::{How, Seen, Want};
use crate::shops::{self, usd};

/// What a customer asked for.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) struct Asked {
    pub(crate) holder: u8,
    pub(crate) want: Want,
    pub(crate) key: Option<u8>,
    pub(crate) how: How,
}

impl Asked {
    /// How it is asked, but for which of several numbers.
    const fn shape(self) -> (u8, How) {
        let want = match self.want {
            Want::Nowhere => 0,
            Want::Any => 1,
            Want::AreaCode => 2,
            Want::Pattern => 3,
            Want::Exact(_) => 4,
            Want::Inventory(_) => 5,
        };
        (want, self.how)
    }

    /// The number, if it is asked for by one of its names.
    const fn number(self) -> Option<u8> {
        match self.want {
            Want::Exact(number) | Want::Inventory(number) => Some(number),
            Want::Any | Want::AreaCode | Want::Pattern | Want::Nowhere => None,
        }
    }

    /// Whether the number is one of those that are asked for.
    const fn is_met_by(self, number: u8) -> bool {
        match self.want {
            Want::Exact(wanted) | Want::Inventory(wanted) => wanted == number,
            Want::Any => true,
            Want::AreaCode => number < 2,
            Want::Pattern => 2 <= number,
            Want::Nowhere => false,
        }
    }
}

impl History<'_> {
    pub(crate) fn buy(&mut self, purchase: u8, asked: Asked) -> Done {
        let Some(id) = self.stage.purchase(purchase).cloned() else { return Ok(()) };
        let Asked { holder, want, key, how } = asked;
        let number = |index: u8| self.stage.number(index);
        let mut request = PurchaseRequest {
            holder: self.stage.holders.get(usize::from(holder)).map(|holder| holder.as_str().to_owned()),
            idempotency_key: key.map(|key| format!("k{key}")),
            confirm_additional: how.confirms,
            price_seen: self.seen(asked),
            ..PurchaseRequest::default()
        };
        match want {
            Want::Any => request.country = Some("US".to_owned()),
            Want::AreaCode | Want::Nowhere => {
                request.country = Some("US".to_owned());
                // 787 is of Puerto Rico.
                request.area_code = Some(if want == Want::Nowhere { "787" } else { "404" }.to_owned());
            }
            Want::Pattern => request.pattern = Some("+1415555****".to_owned()),
            Want::Exact(index) => request.number = number(index).map(|offer| offer.number.to_string()),
            Want::Inventory(index) => request.inventory_id = number(index).map(|offer| offer.inventory_id.to_string()),
        }
        let role = if how.is_viewer { Role::Viewer } else { Role::default() };
        let command = MakePurchase { id, actor: Actor { role, ..Actor::default() }, request };
        let earlier = self.commands.get(&purchase);
        let is_repeat = earlier == Some(&command);
        if earlier.is_some() && !is_repeat {
            // A host draws a fresh id for another command.
            return Ok(());
        }
        let (decided, offers) = self.ask(&command)?;
        if let Ok(decision) = &decided
            && let PurchaseAnswer::Accepted { .. } = decision.answer
            && self.decided.checked_rem(4) == Some(0)
            && self.quote(&command, &offers).is_some_and(|quoted| !quoted.acceptable)
        {
            return Err(violation("quote_disagrees", Some(purchase), "not acceptable, and accepted"));
        }
        let answer = match decided {
            Ok(decision) => Ok(self.store(&command, &offers, decision)?),
            Err(error) => Err(error),
        };
        match answer {
            Ok(PurchaseAnswer::Accepted { purchase: told }) => {
                self.accepted = self.accepted.saturating_add(1);
                self.commands.insert(purchase, command);
                self.asked.insert(purchase, asked);
                self.look_at_acceptance(purchase, asked)?;
                self.answered(&told, asked)
            }
            Ok(PurchaseAnswer::Repeated { purchase: told }) => {
                if is_repeat && shops::index(&told) != Some(purchase) {
                    return Err(violation("answered_with_another", Some(purchase), "the command's own id is a key"));
                }
                if !is_repeat {
                    self.look_at_repeat(&told, asked)?;
                }
                self.answered(&told, asked)
            }
            Ok(PurchaseAnswer::AwaitsKyc { .. }) => {
                Err(violation("waits_for_kyc", Some(purchase), "no policy here lets a purchase wait"))
            }
            Err(PurchaseError::Refused(rejection)) if is_repeat => {
                let found = format!("the same command again: {}", rejection.code());
                Err(violation("repeat_refused", Some(purchase), found))
            }
            Err(PurchaseError::Refused(rejection)) => {
                self.look_at_refusal(purchase, asked, &rejection)?;
                let shape = Shape { shop: &self.stage.name, code: rejection.code(), asked: asked.shape() };
                if is_of_decide(shape.code) || !self.coverage.is_to_be_quoted(shape) {
                    return Ok(());
                }
                let Some(quoted) = self.quote(&command, &offers) else { return Ok(()) };
                if quoted.acceptable {
                    let found = format!("acceptable, and refused: {}", rejection.code());
                    return Err(violation("quote_disagrees", Some(purchase), found));
                }
                self.look_at_advice(purchase, &command, &quoted)
            }
            Err(PurchaseError::Misuse(misuse)) => Err(violation("misuse", Some(purchase), misuse.code())),
        }
    }

    fn answered(&mut self, told: &PurchaseId, asked: Asked) -> Done {
        let none = || violation("answer_of_no_purchase", None, "the answer names a purchase that is not there");
        let told = shops::index(told).ok_or_else(none)?;
        if let Some(key) = asked.key {
            self.keyed.entry((key, told)).or_insert((asked.holder, asked.want));
        }
        self.accountant.hear_answer(told, asked.key)
    }

    fn seen(&self, asked: Asked) -> Option<PriceSeen> {
        let own = self.price(asked);
        let due = match asked.how.sees? {
            Seen::Own => own,
            Seen::Another => own.saturating_add(1),
        };
        Some(PriceSeen { due_now: Some(usd(due)?), ..PriceSeen::default() })
    }

    /// The price of the number, or of a number of the rate card.
    fn price(&self, asked: Asked) -> i64 {
        let number = usize::from(asked.number().unwrap_or(0));
        self.stage.prices.get(number).copied().unwrap_or(0)
    }

    /// The purchases and numbers that count against the limit.
    fn counted(&self) -> usize {
        let counts = |(purchase, status): &(u8, Status)| match status {
            Status::Pending | Status::InReview => !self.has_expired(*purchase),
            Status::Held | Status::Leaving => true,
            Status::Undoing | Status::GivenUp | Status::Released | Status::Failed => false,
        };
        self.statuses().filter(counts).count()
    }

    fn statuses(&self) -> impl Iterator<Item = (u8, Status)> {
        self.accountant.purchases().map(|(purchase, statement)| (purchase, statement.status))
    }

    /// Whether the purchase waits for a payment that can no longer be made.
    fn has_expired(&self, purchase: u8) -> bool {
        let open = self.stage.purchase(purchase).and_then(|id| self.account.purchase(id)?.checkout_expires_at());
        open.is_some_and(|at| at.as_millis() <= self.now)
    }

    /// Whether a purchase was accepted so short a time ago that another one must be confirmed.
    fn is_too_soon(&self, new: u8) -> bool {
        let Some(window) = self.stage.velocity_ms else { return false };
        let counts = |(purchase, status): &(u8, Status)| match status {
            Status::Pending | Status::InReview => !self.has_expired(*purchase),
            Status::Held | Status::Leaving | Status::Released => true,
            Status::Undoing | Status::GivenUp | Status::Failed => false,
        };
        let accepted = self.statuses().filter(|(purchase, _)| *purchase != new).filter(counts);
        let accepted = accepted.filter_map(|(purchase, _)| {
            let id = self.stage.purchase(purchase)?;
            Some(self.account.purchase(id)?.agreement.accepted_at().as_millis())
        });
        accepted.max().is_some_and(|last| self.now < last.saturating_add(window))
    }

    fn look_at_acceptance(&self, purchase: u8, asked: Asked) -> Done {
        let bad = |rule, found: String| Err(violation(rule, Some(purchase), found));
        let counted = self.counted();
        if self.stage.limit < counted {
            return bad("limit_exceeded", format!("{counted} of {}", self.stage.limit));
        }
        if self.is_too_soon(purchase) && !asked.how.confirms {
            return bad("accepted_too_soon", "it was not confirmed".into());
        }
        if asked.how.sees == Some(Seen::Another) {
            return bad("accepted_at_another_price", "another price was seen".into());
        }
        if asked.how.is_viewer && self.stage.has_roles {
            return bad("accepted_of_a_viewer", "a viewer may not buy".into());
        }
        match self.owner_of(asked.number(), purchase) {
            Some((other, _)) => bad("accepted_twice", format!("p{other} has the number")),
            None => Ok(()),
        }
    }

    /// The other purchase that has the number and keeps it.
    fn owner_of(&self, number: Option<u8>, own: u8) -> Option<(u8, Status)> {
        let number = number?;
        let keeps = |status: Status| matches!(status, Status::Pending | Status::InReview | Status::Held);
        let mut others = self.accountant.purchases().filter(|(purchase, _)| *purchase != own);
        let (other, statement) = others.find(|(_, other)| other.number == Some(number) && keeps(other.status))?;
        Some((other, statement.status))
    }

    /// The answer is another command's purchase: by the key, or because a pending purchase has the number.
    fn look_at_repeat(&self, told: &PurchaseId, asked: Asked) -> Done {
        let Some(told) = shops::index(told) else { return Ok(()) };
        let bad = |rule, found: &str| Err(violation(rule, Some(told), found));
        if self.has_expired(told) {
            return bad("answered_with_expired", "its checkout has expired");
        }
        let by_key = asked.key.and_then(|key| self.keyed.get(&(key, told)));
        if let Some((holder, want)) = by_key {
            let is_same = (*holder, *want) == (asked.holder, asked.want);
            return if is_same { Ok(()) } else { bad("answered_with_another", "the key is another request's") };
        }
        let Some(earlier) = self.asked.get(&told) else { return bad("answered_with_another", "nobody asked for it") };
        let statement = self.accountant.statement(told);
        let is_same = asked.number().is_some_and(|number| {
            earlier.number() == Some(number) || statement.is_some_and(|statement| statement.number == Some(number))
        });
        if !is_same || earlier.holder != asked.holder {
            return bad("answered_with_another", "it is of another number or holder");
        }
        if !statement.is_some_and(|statement| matches!(statement.status, Status::Pending | Status::InReview)) {
            return bad("joined_what_has_ended", "the purchase is not pending");
        }
        if asked.how.sees == Some(Seen::Another) {
            return bad("joined_at_another_price", "another price was seen");
        }
        Ok(())
    }

    /// A refusal is true.
    fn look_at_refusal(&self, purchase: u8, asked: Asked, rejection: &Rejection) -> Done {
        // Any number costs what the rate card says of the country.
        let costs_it = |number: u8| {
            let price = self.stage.prices.get(usize::from(number));
            asked.want != Want::Any || price == self.stage.prices.first()
        };
        let finds = |number: u8| self.world.finds(number) && asked.is_met_by(number) && costs_it(number);
        let is_for_sale = (0..u8::MAX).take(self.stage.numbers.len()).any(finds);
        let owner = self.owner_of(asked.number(), purchase);
        let is_live = |purchase: u8| {
            let statement = self.accountant.statement(purchase);
            statement.is_some_and(|statement| statement.status != Status::Failed)
        };
        let is_true = match rejection.code() {
            "key_reused" => self.keyed.iter().any(|((key, other), as_sent)| {
                Some(*key) == asked.key && is_live(*other) && *as_sent != (asked.holder, asked.want)
            }),
            "role_not_allowed" => asked.how.is_viewer && self.stage.has_roles,
            "holder_unknown" => {
                let holder = self.stage.holders.get(usize::from(asked.holder));
                !holder.and_then(|holder| self.account.holder(holder)).is_some_and(|holder| holder.allowed)
            }
            "already_held" => match owner {
                Some((other, Status::Pending)) => !self.would_join(other, asked),
                Some(_) => true,
                // It is leaving, or it is asked for on other terms.
                None => asked.how.sees.is_some() || self.is_leaving(asked.number()),
            },
            "number_limit_reached" => self.stage.limit <= self.counted(),
            "no_such_number" => asked.want == Want::Nowhere,
            "out_of_stock" => !is_for_sale && owner.is_none() && asked.want != Want::Nowhere,
            "velocity_exceeded" => self.is_too_soon(purchase) && !asked.how.confirms,
            "insufficient_balance" => self.books().wallet < self.dearest(),
            "payment_method_missing" => !self.account.terms().payment_method_on_file,
            "price_changed" => asked.how.sees == Some(Seen::Another) || asked.number().is_none(),
            _ => false,
        };
        let found = || format!("{} ({rejection})", rejection.code());
        if is_true { Ok(()) } else { Err(violation("refused_untruly", Some(purchase), found())) }
    }

    /// Whether a request joins a pending purchase rather than be refused.
    fn would_join(&self, pending: u8, asked: Asked) -> bool {
        let is_of_holder = self
            .asked
            .get(&pending)
            .is_some_and(|earlier| earlier.holder == asked.holder && earlier.number().is_some());
        is_of_holder && asked.how.sees.is_none() && !self.has_expired(pending)
    }

    /// What is bought is what was asked for.
    pub(crate) fn look_at_number(&self, purchase: u8, statement: &Statement) -> Done {
        let asked = self.asked.get(&purchase).filter(|_| statement.is_held());
        match asked.zip(statement.number).filter(|(asked, number)| !asked.is_met_by(*number)) {
            Some((asked, number)) => {
                let found = format!("n{number}, and {} was asked for", asked.want);
                Err(violation("bought_another_number", Some(purchase), found))
            }
            None => Ok(()),
        }
    }

    fn is_leaving(&self, number: Option<u8>) -> bool {
        let leaves = |statement: &Statement| statement.number == number && statement.status == Status::Leaving;
        self.accountant.purchases().any(|(_, statement)| leaves(statement))
    }

    fn dearest(&self) -> i64 {
        self.stage.prices.iter().copied().max().unwrap_or(0)
    }
}
