// Made from the Rust types by core/tests/describe.rs.

/** Something that has happened to the account itself. */
export type AccountEvent =
  | {
    "event": "purchase_accepted";
    /** The id of the new purchase. */
    purchase: PurchaseId;
    /** What was agreed. It never changes. */
    agreement: Agreement;
    /** The idempotency key of the request, if it had one. */
    key: IdempotencyKey | null;
  }
  | {
    "event": "wallet_topped_up";
    /** The amount added. */
    money: Money;
  }
  | {
    "event": "terms_changed";
    /** The new terms, complete. */
    terms: CustomerTerms;
  };

/** What an effect does. */
export type Action =
  | {
    "action": "open_checkout";
    /** The amount due now. */
    amount: Money;
    /** When the page expires. */
    expires_at: Timestamp;
  }
  | {
    "action": "reserve";
    /** The number to reserve, or what it must match. */
    selector: Selector;
  }
  | {
    "action": "charge";
    /** The payment method to charge. */
    method: PaymentMethod;
    /** The amount to take. */
    amount: Money;
  }
  | {
    "action": "order";
    /** The number to order. */
    number: E164;
    /** The holder that the number is for. */
    holder: HolderId | null;
  }
  | {
    "action": "query_order";
    /** The number that was ordered. */
    number: E164;
    /** The id of the order effect: the key under which it was placed. */
    order: EffectId;
    /** Whether the carrier can answer by its list of our numbers only. */
    list_only: boolean;
  }
  | {
    "action": "unreserve";
    /** The number to return. */
    number: E164;
  }
  | {
    "action": "refund";
    /** The payment method that took it. */
    method: PaymentMethod;
    /** The amount to return. */
    amount: Money;
  }
  | {
    "action": "end_charges";
    /** The payment method that pays for it. */
    method: PaymentMethod;
  }
  | {
    "action": "release";
    /** The number to return. */
    number: E164;
  };

/** The number is bought. */
export type Active = {
  /** The number in E.164. */
  number: E164;
};

/** The credential that sends a request. */
export type Actor = {
  /** The only holder that the credential may act for. Absent: every holder. */
  only_holder?: HolderId | null;
  /** The actor's role in the account. Absent: owner. */
  role?: Role;
};

/** What was agreed when a purchase was accepted. */
export type Agreement = {
  /** The instant of the acceptance. */
  accepted_at: Timestamp;
  /** The versions of the policy and the rate card. */
  shop: ShopVersion;
  /** The holder that the number is for. */
  holder: HolderId | null;
  /** The selector of the request. */
  selector: Selector;
  /** The country of the number. */
  country: Country;
  /** The number type, if the request or the offer had one. */
  number_type?: NumberType;
  /** The payment method that the policy chose. */
  payment: PaymentMethod;
  /** The agreed price. */
  price: Price;
  /** The fingerprint that a repeat must have. */
  fingerprint: Fingerprint;
  /** How the carrier clears up an order whose reply was lost. */
  order_evidence: OrderEvidence;
  /** When the money is taken. */
  charged: ChargeTime;
  /** When the checkout expires. Present for payment by checkout only. */
  checkout_expires_at: Timestamp | null;
};

/** How often an effect was tried without an answer, and when it is tried again. */
export type Attempts = {
  /** The attempts without an answer. */
  unanswered: number;
  /** The earliest instant of the next attempt. */
  not_before: Timestamp;
};

/** The customer can pay at the checkout. */
export type AwaitingPayment = {
  /** The session at the payment provider. */
  checkout: CheckoutId;
  /** The address of the page. */
  url: string;
  /** The first instant at which it cannot be paid. */
  expires_at: Timestamp;
};

/** The number is provisioned, and the money is being taken. */
export type Billing = {
  /** The provisioned number. */
  offer: OfferedNumber;
  /** The charge's attempts. */
  attempts: Attempts;
};

/** How a customer pays recurring fees. */
export type BillingKind = "prepaid" | "subscription" | "usage";

/** Which billing a purchase needs. */
export type BillingRules = {
  /** The countries that every kind of billing may buy in. */
  domestic: Array<Country>;
  /** The billing that all other countries need. */
  international: BillingKind;
};

/** A calendar period. It begins at midnight. */
export type CalendarPeriod = "day" | "month";

/** What a number can carry. */
export type Capabilities = {
  /** Voice calls. */
  voice: boolean;
  /** Text messages. */
  sms: boolean;
  /** Multimedia messages. */
  mms: boolean;
  /** Faxes. */
  fax: boolean;
};

/** What something was, and what it is. */
export type Changed<T> = {
  /** What the quote promised. */
  seen: T;
  /** What it is now. */
  now: T;
};

/** What a line is for. */
export type ChargeKind = "setup_fee" | "other_fee" | "first_month" | "first_year" | "recurring_fee" | "proration" | "included_number" | "discount" | "tax";

/** When the money is taken. */
export type ChargeTime = "before_order" | "at_provisioning";

/** The money is being taken. */
export type Charging = {
  /** The reserved number. */
  offer: OfferedNumber;
  /** The charge's attempts. */
  attempts: Attempts;
};

/** The checkout sessions of the payment provider. */
export type Checkout = {
  /** How long a session can be paid, in seconds. */
  lifetime_s: number;
};

/** A checkout session at the payment provider. */
export type CheckoutId = string;

/** A guard against buying and releasing in turns: so many of both in a window that slides. */
export type Churn = {
  /** The most claims and releases in the window. */
  moves_max: number;
  /** How long the window is, in seconds. */
  window_s: number;
};

/** Any command, as JSON has it. */
export type Command =
  | {
    "command": "purchase";
    /** A fresh id for the purchase. It is not used if the request repeats an earlier one. */
    id: PurchaseId;
    /** Who sends the request. */
    actor: Actor;
    /** The request as the client wrote it. */
    request: PurchaseRequest;
  }
  | {
    "command": "record_outcome";
    /** The effect that was run. */
    effect: EffectId;
    /** How it ended. */
    outcome: Outcome;
  }
  | {
    "command": "record_checkout_paid";
    /** The purchase that the checkout is for. */
    purchase: PurchaseId;
    /** The session that was paid. */
    checkout: CheckoutId;
  }
  | {
    "command": "record_checkout_declined";
    /** The purchase that the checkout is for. */
    purchase: PurchaseId;
    /** The session that ended. */
    checkout: CheckoutId;
  }
  | {
    "command": "release";
    /** The purchase that bought the number. */
    number: PurchaseId;
    /** Who sends the request. */
    actor: Actor;
  }
  | {
    "command": "top_up";
    /** The amount to add. */
    money: Money;
  }
  | {
    "command": "change_terms";
    /** The new terms, complete. */
    terms: CustomerTerms;
  }
  | {
    "command": "resolve";
    /** The purchase in manual review. */
    purchase: PurchaseId;
    /** What the review found. */
    finding: Finding;
  }
  | {
    "command": "wake_up";
  };

/** What was done is being undone. */
export type Compensating = {
  /** The reason of the failure. */
  failure: Failure;
  /** The remaining steps. */
  steps: UndoSteps;
  /** The attempts of the current step. */
  attempts: Attempts;
};

/** What a successful effect returned. */
export type Confirmation =
  | {
    "of": "checkout_open";
    /** The session at the payment provider. */
    checkout: CheckoutId;
    /** The address of the page. */
    url: string;
  }
  | {
    "of": "reserved";
    /** The reserved number, as the inventory describes it. */
    offer: OfferedNumber;
  }
  | {
    "of": "order_found";
  }
  | {
    "of": "order_absent";
  }
  | {
    "of": "done";
  };

/** What to do about a field. */
export type Correction =
  | {
    "kind": "retype";
  }
  | {
    "kind": "fill";
  }
  | {
    "kind": "replace";
  }
  | {
    "kind": "match";
    /** The number's own. */
    found: InventoryId;
  };

/** A country, by its two-letter code. Any two letters are accepted; the rate card says where numbers are sold. */
export type Country = string;

/** Why a country is one to choose. */
export type CountryChoice = "sold" | "billing_serves" | "of_the_number";

/** A currency, by its three-letter code of ISO 4217. */
export type Currency = string;

/** What the customer has agreed with the shop. */
export type CustomerTerms = {
  /** The plan. Absent if the shop has none. */
  plan?: PlanId | null;
  /** How the customer pays recurring fees. */
  billing: BillingKind;
  /** Whether a card or another payment method is on file. */
  payment_method_on_file?: boolean;
  /** The state of the customer's verifications. */
  kyc?: Kyc;
  /** An instant at which a billing period of the customer begins. The others begin whole months before and after. Absent: each number has its own periods. */
  billing_anchor?: Timestamp | null;
  /** The holders that numbers of this account may have. */
  holders?: Array<HolderId>;
  /** Holders whose numbers do not count against the account's limits. The plan includes none of their numbers, and volume tiers count each of these holders alone. */
  uncounted_holders?: Array<HolderId>;
};

/** A field of [`crate::ShopData`] that decided. */
export type DecidingField = {
  /** Where it is: a JSON pointer. A list that lacks an entry is named by `-`, as RFC 6901 does. */
  pointer: string;
  /** Whether the shop says it. If not, the rule is switched off, or has its default, until it does. */
  is_set: boolean;
};

/** A reduction of the price of every number it applies to. */
export type Discount = {
  /** The name on the price, as customers read it. */
  label: string;
  /** The charges that it reduces. */
  on: DiscountBase;
  /** How much it takes off; never more than is left of the charges. */
  off: DiscountOff;
  /** The number of periods that it covers, from the first one, which may be short. Absent: all. */
  periods?: number;
  /** The plans whose customers get it; empty: all. */
  plans?: Array<PlanId>;
  /** The countries whose numbers get it; empty: all. */
  countries?: Array<Country>;
  /** How a fraction of a minor unit is rounded. */
  rounding?: Rounding;
  /** The first instant of purchases that get it. Absent: no begin. */
  effective_from?: Timestamp;
  /** The end: purchases at this instant or later do not get it. Absent: no end. */
  effective_until?: Timestamp;
};

/** The charges that a discount reduces. */
export type DiscountBase = "setup" | "recurring" | "all";

/** How much a discount takes off. */
export type DiscountOff =
  | {
    "basis_points": number;
  }
  | {
    "money": Money;
  };

/** A number in the form of ITU-T E.164: country calling code and national number, 7 to 15 digits together. */
export type E164 = string;

/** Something for the host to do. */
export type Effect =
  | {
    /** The id, and the idempotency key to pass on. */
    id: EffectId;
    /** The earliest instant at which to run it. */
    not_before: Timestamp;
  } & (
  | {
    "action": "open_checkout";
    /** The amount due now. */
    amount: Money;
    /** When the page expires. */
    expires_at: Timestamp;
  }
  | {
    "action": "reserve";
    /** The number to reserve, or what it must match. */
    selector: Selector;
  }
  | {
    "action": "charge";
    /** The payment method to charge. */
    method: PaymentMethod;
    /** The amount to take. */
    amount: Money;
  }
  | {
    "action": "order";
    /** The number to order. */
    number: E164;
    /** The holder that the number is for. */
    holder: HolderId | null;
  }
  | {
    "action": "query_order";
    /** The number that was ordered. */
    number: E164;
    /** The id of the order effect: the key under which it was placed. */
    order: EffectId;
    /** Whether the carrier can answer by its list of our numbers only. */
    list_only: boolean;
  }
  | {
    "action": "unreserve";
    /** The number to return. */
    number: E164;
  }
  | {
    "action": "refund";
    /** The payment method that took it. */
    method: PaymentMethod;
    /** The amount to return. */
    amount: Money;
  }
  | {
    "action": "end_charges";
    /** The payment method that pays for it. */
    method: PaymentMethod;
  }
  | {
    "action": "release";
    /** The number to return. */
    number: E164;
  });

/** The id of an effect: `PURCHASE/KIND`, or `PURCHASE/KIND/N` for a query. A repeat of an effect that changes something has the same id, so that it is done once. A query changes nothing; each attempt has its own id, so that a late answer to an earlier one is not taken for the new one. */
export type EffectId = string;

/** Something that has happened. JSON: one flat object; `event` has the name. */
export type Event =
  | {
    /** The purchase it happened to. */
    purchase: PurchaseId;
  } & (
  | {
    "event": "checkout_opened";
    /** The session at the payment provider. */
    checkout: CheckoutId;
    /** The address of the page. */
    url: string;
    /** The first instant at which it cannot be paid. */
    expires_at: Timestamp;
  }
  | {
    "event": "payment_taken";
    /** The amount taken. */
    amount: Money;
  }
  | {
    "event": "number_reserved";
    /** The reserved number, as the inventory describes it. */
    offer: OfferedNumber;
  }
  | {
    "event": "outcome_unknown";
    /** The earliest instant of the next attempt. */
    not_before: Timestamp;
  }
  | {
    "event": "order_decline_doubted";
    /** The carrier's reason. */
    reason: string;
    /** The earliest instant of the query. */
    not_before: Timestamp;
  }
  | {
    "event": "order_absent";
    /** The earliest instant of the next order. */
    not_before: Timestamp;
  }
  | {
    "event": "number_provisioned";
    /** The instant of the carrier's confirmation. */
    at: Timestamp;
  }
  | {
    "event": "number_activated";
    /** The activation: the paid periods are counted from here. */
    at: Timestamp;
    /** The setup fee in the amount due. */
    setup_fee: Money;
    /** The rent in the amount due: of a month, of a year, or of what is left of a period. */
    rent: Money;
    /** The fees in the amount due that are passed on to others. Absent: zero. */
    other_fees?: Money;
    /** The tax in the amount due. Absent: zero. */
    tax?: Money;
    /** Whether the money is taken by this event. Otherwise it was held. */
    charged: boolean;
  }
  | {
    "event": "compensation_started";
    /** The reason of the failure. */
    failure: Failure;
  }
  | {
    "event": "reservation_returned";
  }
  | {
    "event": "provisioning_returned";
  }
  | {
    "event": "payment_refunded";
    /** The amount refunded. */
    amount: Money;
  }
  | {
    "event": "purchase_failed";
    /** The reason of the failure. */
    failure: Failure;
    /** The wallet hold that is released. */
    freed: Money | null;
    /** The idempotency key that is free again: the same request may be sent again. */
    key: IdempotencyKey | null;
  }
  | {
    "event": "review_needed";
  })
  | {
    /** The purchase that bought the number. */
    number: PurchaseId;
  } & (
  | {
    "event": "release_scheduled";
    /** The end of the paid month. */
    at: Timestamp;
  }
  | {
    "event": "release_started";
    /** The instant of the command, or of the wake-up. */
    at: Timestamp;
  }
  | {
    "event": "charges_ended";
  }
  | {
    "event": "release_delayed";
    /** The earliest instant of the next attempt. */
    not_before: Timestamp;
  }
  | {
    "event": "number_released";
    /** The instant of the carrier's confirmation. */
    at: Timestamp;
    /** Paid rent that was not used. It is not returned. */
    forfeited: Money;
  }) | AccountEvent;

/** What a gate that passed has compared. */
export type Evidence =
  | {
    "compared": "not_applicable";
  }
  | {
    "compared": "key_length";
    /** Characters of the key. */
    length: number;
    /** The longest that is taken. */
    length_max: number;
  }
  | {
    "compared": "key_is_new";
  }
  | {
    "compared": "repeats";
    /** The purchase. */
    purchase: PurchaseId;
  }
  | {
    "compared": "joins";
    /** The purchase. */
    purchase: PurchaseId;
  }
  | {
    "compared": "replaces";
    /** The purchase. */
    purchase: PurchaseId;
    /** Whether it was found by its key. */
    by_key: boolean;
  }
  | {
    "compared": "key_of_another_holder";
  }
  | {
    "compared": "well_formed";
  }
  | {
    "compared": "may_act";
  }
  | {
    "compared": "selected";
    /** The selector. */
    selector: Selector;
  }
  | {
    "compared": "plan";
    /** The plan. */
    plan: PlanId;
    /** Its monthly price. */
    monthly_fee: Money;
  }
  | {
    "compared": "numbers";
    /** Held. */
    held: number;
    /** On their way. */
    in_flight: number;
    /** The limit: the lower one of the policy's and the plan's. */
    limit: number;
  }
  | {
    "compared": "spent";
    /** The period. */
    period: CalendarPeriod;
    /** What was due for everything that was bought in the period. */
    spent: Money;
    /** What is due now. */
    price: Money;
    /** The most. */
    limit: Money;
  }
  | {
    "compared": "pace";
    /** Of what. */
    pace: Pace;
    /** How long the window is that slides, in seconds; none: a calendar day. */
    window_s: number | null;
    /** How often it was done. */
    count: number;
    /** The limit: one more must stay within it. */
    limit: number;
  }
  | {
    "compared": "sold";
    /** The country. */
    country: Country;
  }
  | {
    "compared": "in_stock";
    /** The number, where it is known already. */
    number: E164 | null;
    /** Its type. */
    number_type: NumberType | null;
    /** When it was seen; absent: the system looks when it reserves. */
    seen_at: Timestamp | null;
  }
  | {
    "compared": "billing_serves";
    /** The country. */
    country: Country;
  }
  | {
    "compared": "tier";
    /** The country's tier. */
    tier: number;
    /** The lowest tier that needs KYC. */
    tier_min: number;
    /** Whether KYC is approved. */
    approved: boolean;
  }
  | {
    "compared": "window";
    /** When the last purchase was accepted, if there was one. */
    last_accepted_at: Timestamp | null;
    /** When the window after it ends. */
    ends_at: Timestamp | null;
    /** Whether the additional purchase was confirmed. */
    confirmed: boolean;
  }
  | {
    "compared": "method_on_file";
  }
  | {
    "compared": "funds";
    /** What the wallet holds, holds already taken off. */
    available: Money;
    /** What is due now. */
    required: Money;
  }
  | {
    "compared": "same_price";
    /** Both. */
    price: Money;
  }
  | {
    "compared": "same_quote";
    /** Its name. */
    id: QuoteId;
  };

/** One rule of an explanation. */
export type ExplainedRule =
  | {
    /** The gate that the rule is. */
    gate: Gate;
    /** The deciding field. Absent: no policy could change the judgement. */
    field?: DecidingField;
  } & (
  | {
    "status": "passed";
    /** The figures compared. */
    evidence: Evidence;
  }
  | {
    "status": "blocked";
    /** The refusal, with the figures compared. */
    rejection: Rejection;
  }
  | {
    "status": "waiting";
    /** The fact that it lacks. */
    fact: Fact;
  });

/** Why a request is answered the way it is. */
export type Explanation = {
  /** The versions of the policy and the rate card. */
  shop: ShopVersion;
  /** The instant of the question. */
  explained_at: Timestamp;
  /** The gate by which `decide` refuses the request, as far as the facts tell. Absent: the request is accepted, repeats an earlier purchase, or needs a search first. */
  refused_by: Gate | null;
  /** The rules in order. For a decision the last one is the rule that decided. */
  rules: Array<ExplainedRule>;
};

/** A fact that a gate is waiting for. */
export type Fact =
  | {
    "fact": "used_keys";
  }
  | {
    "fact": "earlier_gate";
    /** The gate that is blocked. */
    gate: Gate;
  }
  | {
    "fact": "search";
    /** What to search for. */
    selector: Selector;
  };

/** The purchase has ended without a number. */
export type Failed = {
  /** The reason of the failure. */
  failure: Failure;
  /** Whether money was taken and refunded. Then the same payment is not refunded a second time. */
  refunded: boolean;
};

/** Why an accepted purchase failed. */
export type Failure =
  | {
    "failure": "checkout_declined";
  }
  | {
    "failure": "checkout_expired";
  }
  | {
    "failure": "payment_declined";
    /** The payment provider's reason. */
    reason: string;
  }
  | {
    "failure": "out_of_stock";
    /** The inventory's reason. */
    reason: string;
  }
  | {
    "failure": "carrier_declined";
    /** The carrier's reason. */
    reason: string;
  }
  | {
    "failure": "found_not_bought";
  };

/** What a manual review found. */
export type Finding = "bought" | "not_bought";

/** SHA-256 in hexadecimal over the request fields that the policy names. No personal data is kept. */
export type Fingerprint = string;

/** The customer's billing period that the first charge is for. */
export type FirstPeriod = {
  /** The begin of the period, before the purchase. */
  starts_at: Timestamp;
  /** The end of the period, when the next charge is due. */
  ends_at: Timestamp;
  /** An instant at which a period begins. The others begin whole months before and after. */
  anchor: Timestamp;
  /** The offset of the calendar from UTC, in minutes; positive to the east. */
  day_offset_minutes?: number;
};

/** The gates, in the order in which they are asked. */
export type Gate = "key_form" | "idempotency" | "request" | "actor" | "selector" | "paid_plan" | "number_limit" | "country_limit" | "type_limit" | "holder_limit" | "spend_limit" | "daily_limit" | "country" | "stock" | "billing" | "kyc" | "velocity" | "churn" | "payment_method" | "balance" | "price";

/** A fix, and the gate that it opens. */
export type GateFix =
  | {
    /** The gate. */
    gate: Gate;
  } & (
  | {
    "remedy": "use_fresh_key";
    /** The longest that is taken, in characters. */
    length_max: number;
  }
  | {
    "remedy": "correct_field";
    /** The field of the request. */
    field: string;
    /** What about it. */
    correction: Correction;
  }
  | {
    "remedy": "choose_holder";
    /** The holders that the actor may act for. */
    holders: Array<HolderId>;
  }
  | {
    "remedy": "ask_role";
    /** The roles. */
    roles: Array<Role>;
    /** What to ask for. */
    task: RoleTask;
  }
  | {
    "remedy": "choose_selector";
    /** The ways. */
    selectors: Array<SelectorKind>;
  }
  | {
    "remedy": "move_to_plan";
    /** The plan. */
    plan: PlanId;
    /** What a person calls it. */
    title: string;
    /** Its monthly price. */
    monthly_fee: Money;
  }
  | {
    "remedy": "release_numbers";
    /** How many. */
    count: number;
    /** Among which. */
    among: LimitScope;
  }
  | {
    "remedy": "choose_country";
    /** The countries. */
    countries: Array<Country>;
    /** Why these. */
    because: CountryChoice;
  }
  | {
    "remedy": "choose_number_type";
    /** The types. */
    number_types: Array<NumberType>;
    /** The country in which these are sold; absent: it is the type of the number that was asked for. */
    sold_in?: Country;
  }
  | {
    "remedy": "search_first";
    /** The number. */
    number: E164;
  }
  | {
    "remedy": "choose_number";
    /** The numbers, if any are known; otherwise search. */
    numbers: Array<E164>;
  }
  | {
    "remedy": "choose_currency";
    /** The currencies. */
    currencies: Array<Currency>;
  }
  | {
    "remedy": "move_to_billing";
    /** The billing. */
    billing: BillingKind;
  }
  | {
    "remedy": "submit_kyc";
    /** The country. */
    country: Country;
    /** Its tier. */
    tier: number;
    /** Whose verification it is. */
    subject: KycSubject;
    /** The roles that submit them for the actor; absent: the actor does. */
    submitters?: Array<Role>;
  }
  | {
    "remedy": "await_kyc";
    /** The country. */
    country: Country;
    /** Whose verification it is. */
    subject: KycSubject;
  }
  | {
    "remedy": "wait_until";
    /** The instant. */
    at: Timestamp;
    /** What for. */
    reason: WaitReason;
  }
  | {
    "remedy": "confirm_additional";
  }
  | {
    "remedy": "add_payment_method";
  }
  | {
    "remedy": "add_money";
    /** The amount. */
    money: Money;
  }
  | {
    "remedy": "accept_price";
    /** The price, as the request must name it. */
    price: PriceSeen;
    /** The same, as a person is told it. */
    outline: PriceOutline;
  }
  | {
    "remedy": "ask_for_quote";
    /** What it would cost, where that is known. */
    outline?: PriceOutline;
  });

/** What a quote says of one gate. */
export type GateReport =
  | {
    /** The gate. */
    gate: Gate;
  } & (
  | {
    "status": "passed";
    /** What was compared. */
    evidence: Evidence;
  }
  | {
    "status": "blocked";
    /** Why, with the figures compared. */
    rejection: Rejection;
    /** What would open it when the fixes of the earlier gates are done, the recommended way first. */
    fixes: Array<Remedy>;
    /** Whether those fixes open it already. Where they do not, and there is no fix, nobody can open it. */
    opened_by_earlier: boolean;
  }
  | {
    "status": "waiting";
    /** The fact. */
    fact: Fact;
  });

/** How a gate stands. */
export type GateStatus =
  | {
    "status": "passed";
    /** What was compared. */
    evidence: Evidence;
  }
  | {
    "status": "blocked";
    /** Why, with the figures compared. */
    rejection: Rejection;
    /** What would open it when the fixes of the earlier gates are done, the recommended way first. */
    fixes: Array<Remedy>;
    /** Whether those fixes open it already. Where they do not, and there is no fix, nobody can open it. */
    opened_by_earlier: boolean;
  }
  | {
    "status": "waiting";
    /** The fact. */
    fact: Fact;
  };

/** The numbers held. Those of uncounted holders are in `subscribed` and `by_holder` only. */
export type HeldCounts = {
  /** Numbers in total. */
  total?: number;
  /** The numbers among them that a subscription pays for. */
  subscribed?: number;
  /** Numbers per country. */
  by_country?: {
    [key in Country]: number;
  };
  /** Numbers per type. */
  by_type?: {
    [key in NumberType]?: number;
  };
  /** Numbers per holder. */
  by_holder?: {
    [key in HolderId]: number;
  };
};

/** The holder of a number within an account: a profile, a sub-account, a user. */
export type HolderId = string;

/** A key chosen by the client: at least one character, no control characters. */
export type IdempotencyKey = string;

/** Idempotency keys as data. */
export type IdempotencyKeys = {
  /** The longest key, in characters. */
  length_max: number;
  /** Which fields a repeat must have in common with the first request; another body under the key is refused. */
  fingerprint: Array<RequestField>;
};

/** A pending purchase. It counts like a held number. */
export type InFlight = {
  /** The instant of the acceptance. */
  accepted_at: Timestamp;
  /** When the open checkout expires. From this instant an unpaid purchase no longer counts. Absent: no checkout is open. */
  checkout_expires_at?: Timestamp | null;
  /** The country of the number. */
  country?: Country | null;
  /** The type of the number, if it is known. */
  number_type?: NumberType | null;
  /** The holder that the number is for. */
  holder?: HolderId | null;
  /** The amount due at the purchase. */
  due_now?: Money | null;
};

/** Periods after the first with another fee than the permanent one. */
export type Introductory = {
  /** The count of consecutive periods. */
  periods: number;
  /** The fee of each period: the sum of the lines. */
  amount: Money;
  /** The lines of one period. */
  lines: Array<PriceLine>;
  /** Taxes that the lines contain. */
  taxes_included?: Array<PriceLine>;
};

/** Periods after the first with another fee than the permanent one, without their lines. */
export type IntroductoryFee = {
  /** The count of consecutive periods. */
  periods: number;
  /** The fee of each period. */
  amount: Money;
};

/** An offered number in the carrier's inventory. */
export type InventoryId = string;

/** What would be bought. */
export type Item = {
  /** The country of the number. */
  country: Country;
  /** The number type, if it is known. */
  number_type: NumberType | null;
  /** The capabilities of the number. */
  capabilities: Capabilities;
  /** The regulatory tier of the number. */
  kyc_tier: number;
};

/** A customer's verifications: one for the account, and one for each country that has its own. */
export type Kyc = {
  /** The verification of the account. */
  account?: KycStatus;
  /** The verifications for countries. A country that is absent: nothing was submitted. */
  countries?: {
    [key in Country]: KycStatus;
  };
};

/** Which tiers need KYC before an order. */
export type KycRules = {
  /** The lowest tier that needs it. */
  tier_min: number;
  /** Whose verification it is. */
  subject?: KycSubject;
  /** Who may submit it; empty: everybody who may buy. */
  submitters?: Array<Role>;
};

/** The state of one verification. */
export type KycStatus = "not_submitted" | "initiated" | "pending" | "declined" | "approved";

/** What a verification is about. */
export type KycSubject = "country" | "account";

/** The numbers that a limit counts. */
export type LimitScope =
  | {
    "of": "total";
  }
  | {
    "of": "country";
    /** The country. */
    country: Country;
  }
  | {
    "of": "number_type";
    /** The type. */
    number_type: NumberType;
  }
  | {
    "of": "holder";
    /** The holder. */
    holder: HolderId;
  };

/** Limits. One that is absent does not apply. */
export type Limits = {
  /** Numbers held or pending, in total. */
  numbers?: number;
  /** Numbers held or pending in each of these countries. */
  by_country?: {
    [key in Country]: number;
  };
  /** Numbers held or pending in each country that `by_country` does not name. */
  each_country?: number;
  /** Numbers held or pending of each of these types. */
  by_type?: {
    [key in NumberType]?: number;
  };
  /** Numbers held or pending of each holder. */
  each_holder?: number;
  /** Amounts due at purchases in a calendar period. At most one limit per currency and period. */
  spend?: Array<SpendLimit>;
  /** Purchases in a calendar day. */
  purchases_a_day?: number;
};

/** A field of the request that says something else of a number than what was found. */
export type Mismatch =
  | {
    "field": "country";
    /** What the request says. */
    asked: Country;
    /** What the number is. */
    found: Country;
  }
  | {
    "field": "number_type";
    /** What the request says. */
    asked: NumberType;
    /** What the number is. */
    found: NumberType;
  }
  | {
    "field": "inventory_id";
    /** What the request says. */
    asked: InventoryId;
    /** What the number is. */
    found: InventoryId;
  };

/** An amount in minor units (cents, paise, yen) of one currency. */
export type Money = {
  minor_units: number;
  currency: Currency;
};

/** A claim or a release, as velocity, churn and spending count it. */
export type Move = {
  /** When the purchase was accepted, or the release began. */
  at: Timestamp;
  /** Claim or release. */
  move: MoveKind;
  /** The amount due at a claim. Absent for a release. */
  spent?: Money | null;
};

/** What a [`Move`] is. */
export type MoveKind = "claim" | "release";

/** The purchase is in manual review. */
export type NeedsReview = {
  /** The number that was ordered. */
  offer: OfferedNumber;
};

/** The kind of a number by its digits alone. `shop::NumberType` is the type that a carrier sells it as. */
export type NumberKind = "fixed_line" | "mobile" | "fixed_line_or_mobile" | "toll_free" | "premium_rate" | "shared_cost" | "voip" | "personal_number" | "pager" | "uan" | "voicemail";

/** An E.164 number in which `*` stands for any digit. */
export type NumberPattern = string;

/** Why a text is not a valid number. */
export type NumberReason = "empty" | "invalid_character" | "not_a_number" | "invalid_context" | "unknown_country" | "missing_calling_code" | "unknown_calling_code" | "too_short_after_prefix" | "too_short" | "too_long" | "invalid_length" | "local_only" | "invalid_for_country";

/** The type of a number, as carriers sell it. */
export type NumberType = "local" | "mobile" | "national" | "toll_free";

/** A number for sale, as the inventory describes it. */
export type OfferedNumber = {
  /** The number in E.164. */
  number: E164;
  /** The id of the number in the inventory. */
  inventory_id: InventoryId;
  /** The country of the number. */
  country: Country;
  /** The region, as the carrier names it. */
  region: string;
  /** The number type. */
  number_type: NumberType;
  /** The capabilities of the number. */
  capabilities: Capabilities;
  /** The number's own prices, its own currency first. Empty: the rate card prices the number. An own price replaces the rate's setup fee, recurring fee, volume tiers and commitment. The rate's other fees in the same currency and its regulatory tier still apply. Without a rate there are no other fees, and the tier is the highest among the country's rates, or 0. Discounts, taxes, proration and included numbers apply as for every number. */
  prices: Array<OfferedPrice>;
  /** The least number of months that must be paid. If the rate card prices the number, the longer commitment applies. */
  minimum_commitment_months: number;
};

/** A number's own price. */
export type OfferedPrice = {
  /** The charge taken once. */
  setup_fee: Money;
  /** The recurring charge per month, in the currency of the setup fee. Zero for a number that is paid by the year. A price with two currencies, or with both recurring charges, is ignored. */
  monthly_fee: Money;
  /** The recurring charge per year. Absent: the number is paid by the month. */
  yearly_fee?: Money;
};

/** What searches found. No search for a selector means that the answer is unknown, not that no number is for sale. */
export type Offers = {
  /** The searches, in any order. */
  searches?: Array<Search>;
};

/** The checkout page is being opened. */
export type OpeningCheckout = {
  /** The first instant at which the page cannot be paid. */
  expires_at: Timestamp;
  /** The attempts to open it. */
  attempts: Attempts;
};

/** How a carrier clears up an order whose reply was lost. */
export type OrderEvidence = "query_by_key" | "keyed_repeat" | "list_only";

/** The reserved number is being ordered. */
export type Ordering = {
  /** The reserved number. */
  offer: OfferedNumber;
  /** The order's attempts. */
  attempts: Attempts;
};

/** A charge that is taken once beside the setup fee and passed on to others. */
export type OtherFee = {
  /** The name on the price, as customers read it. */
  label: string;
  /** The amount, in the currency of the monthly fee. */
  fee: Money;
};

/** How an effect ended. A lost reply is [`Outcome::Unknown`], never a refusal. */
export type Outcome =
  | {
    "outcome": "confirmed";
    /** What the payment provider, inventory or carrier returned. */
    confirmation: Confirmation;
  }
  | {
    "outcome": "declined";
    /** The reason, in the words of the one that refused. */
    reason: string;
  }
  | {
    "outcome": "unknown";
  };

/** What a limit of pace counts. */
export type Pace = "day" | "churn";

/** How a purchase is paid. */
export type PaymentMethod = "checkout" | "subscription" | "usage_invoice" | "wallet";

/** A payment method and the conditions under which it is used. An absent condition always holds. */
export type PaymentRule = {
  /** The customer is billed this way. */
  billing?: BillingKind;
  /** Whether the customer holds a number that a subscription pays for. */
  subscribed?: boolean;
  /** The number's regulatory tier is at least this. */
  tier_min?: number;
  /** The method that pays if all conditions hold. */
  method: PaymentMethod;
  /** Whether the method needs a payment method on file. */
  on_file_required?: boolean;
  /** When a method that charges takes the money. */
  charged?: ChargeTime;
};

/** A plan that customers subscribe to. */
export type Plan = {
  /** The stable name. Accounts refer to the plan by it. */
  id: PlanId;
  /** The name that customers read. */
  title: string;
  /** The price per month; zero for a free plan. */
  monthly_fee: Money;
  /** How many numbers may be held or pending at once. */
  number_limit: number;
  /** The first numbers of an account that have no recurring fee, because the plan's price pays for them. Numbers of uncounted holders are never included: a holder without a limit has nothing included. */
  included_numbers?: number;
  /** Further limits. */
  limits?: Limits;
};

/** A plan of the shop. */
export type PlanId = string;

/** The rules of one system. A field that is absent switches its gate off. */
export type Policy = {
  /** The format of this document: 1. */
  format: number;
  /** The system's stable name. */
  id: string;
  /** The version of these rules. */
  version: string;
  /** What a person calls the system. */
  title: string;
  /** Whether a purchase must name its holder. */
  holder_required: boolean;
  /** Who may buy; empty: everybody who acts for the account. */
  buyers?: Array<Role>;
  /** The ways in which a request may say which number it wants. */
  selectors: Array<SelectorKind>;
  /** Whether an exact number can only be bought while a search of the customer's own counts that has returned it. */
  search_required?: boolean;
  /** The country of a request that names none. */
  default_country?: Country;
  /** The currency of a request that names none, where a number has several prices and none is its own. */
  default_currency: Currency;
  /** Idempotency keys; absent: the system has none. */
  idempotency?: IdempotencyKeys;
  /** Whether only customers of a paid plan may buy. */
  paid_plan_required: boolean;
  /** Whether the plan's number limit holds. */
  plan_limits: boolean;
  /** The limits that hold for everybody, whatever the plan. */
  limits?: Limits;
  /** How far the calendar days of the limits are ahead of UTC, in minutes. */
  day_offset_minutes?: number;
  /** Which billing a purchase needs; absent: any. */
  billing?: BillingRules;
  /** Which tiers need KYC; absent: none. */
  kyc?: KycRules;
  /** The guard against accidental second purchases; absent: none. */
  velocity?: Velocity;
  /** The guard against buying and releasing in turns; absent: none. */
  churn?: Churn;
  /** How a purchase is paid: the first rule that fits. */
  payment: Array<PaymentRule>;
  /** How long a checkout session can be paid; needed where a payment rule opens one. */
  checkout?: Checkout;
  /** When a number that the customer releases is given back. */
  release?: ReleaseTime;
  /** What the carrier can tell about an order whose reply was lost. */
  order_evidence: OrderEvidence;
  /** How effects without an answer are asked again. */
  retry: Retry;
};

/** What a number costs. */
export type Price = {
  /** The lines of the amount due now. None is zero; reductions are negative. */
  lines: Array<PriceLine>;
  /** The amount due now: the sum of the lines. */
  due_now: Money;
  /** Taxes that the lines contain. They add nothing. */
  taxes_included?: Array<PriceLine>;
  /** The billing period that the first charge is for. Absent: a whole period that begins at the purchase. */
  first_period?: FirstPeriod;
  /** Fees of the periods after the first for as long as a limited discount lasts, in order. */
  introductory?: Array<Introductory>;
  /** The monthly fee after that, with discounts and taxes. Zero for a number that is paid by the year. */
  monthly_fee: Money;
  /** The yearly fee after that. Absent: the number is paid by the month. */
  yearly_fee?: Money;
  /** The lines of the recurring fee. Empty: the fee alone. */
  recurring_lines?: Array<PriceLine>;
  /** Taxes that the recurring fee contains, in every period. */
  recurring_taxes_included?: Array<PriceLine>;
  /** The least number of months that must be paid. Zero: the first period only. */
  minimum_commitment_months: number;
  /** The total over the commitment: the amount due now and the later periods. A first period that is cut short is not counted as one. */
  commitment_total: Money;
  /** The number of decimals of the amounts: the rate card's own, or those of ISO 4217. */
  exponent: number;
};

/** A field of a price that is not as it was seen. */
export type PriceDifference = {
  /** The field that differs. */
  field: PriceField;
  /** The amount that was seen. */
  seen: Money;
  /** The amount now. */
  now: Money;
};

/** The fields of a price that are compared with what was seen. */
export type PriceField = "due_now" | "setup_fee" | "monthly_fee" | "yearly_fee" | "commitment_total";

/** A line of a price. */
export type PriceLine = {
  /** What the line is for. */
  charge: ChargeKind;
  /** The name on the rate card. */
  label?: string;
  /** The part of the price that a discount or tax is on. Absent for a tax on the total. */
  on?: PricePart;
  /** The amount; negative for a reduction. */
  amount: Money;
};

/** A price without its lines, as a person reads it. */
export type PriceOutline = {
  /** The amount due now. */
  due_now: Money;
  /** Temporary fees of the periods after the first, in order. */
  introductory?: Array<IntroductoryFee>;
  /** The monthly fee after that. Zero for a number that is paid by the year. */
  monthly_fee: Money;
  /** The yearly fee after that. Absent: the number is paid by the month. */
  yearly_fee?: Money;
  /** The least number of months that must be paid. Zero: the first period only. */
  minimum_commitment_months: number;
  /** The total over the commitment. */
  commitment_total: Money;
};

/** A part of a price. */
export type PricePart = "setup" | "recurring" | "other";

/** The figures of a price that a person saw. An absent one is not compared. */
export type PriceSeen = {
  /** The amount due now. */
  due_now?: Money;
  /** The setup fee. */
  setup_fee?: Money;
  /** The monthly fee. */
  monthly_fee?: Money;
  /** The yearly fee. */
  yearly_fee?: Money;
  /** The total over the commitment. */
  commitment_total?: Money;
};

/** How the first period is charged if the customer has a billing day. */
export type Proration = {
  /** The unit in which the remaining part of the period is measured. */
  basis: ProrationBasis;
  /** How a fraction of a minor unit is rounded. */
  rounding?: Rounding;
};

/** The unit in which the remaining part of a period is measured. A day is the policy's calendar day (`day_offset_minutes`). A period begins at midnight of the billing day. A day that has begun counts whole. */
export type ProrationBasis = "none" | "second" | "day" | "30_360" | "anniversary";

/** A purchase: what was agreed, and its state. */
export type Purchase = {
  /** The id, drawn by the host. */
  id: PurchaseId;
  /** What was agreed at the acceptance. It never changes. */
  agreement: Agreement;
  /** The idempotency key by which a repeat finds it. */
  key: IdempotencyKey | null;
  /** The current state. */
  state: State;
};

/** One purchase, and the number it bought. The host draws it at random. */
export type PurchaseId = string;

/** A purchase request as the client wrote it. An empty field counts as absent, except the idempotency key: a client that sends an empty key expects its repeats to be safe. There are five ways to say which number is wanted: `number` alone (exact E.164), `inventory_id` alone, `country` with `area_code`, `country` with `pattern`, or `country` alone (any number there). `number_type` narrows the choice. An exact number of another country or type than the request says is refused, and the refusal tells its country or type. Where a shop takes exact numbers and inventory ids, both may be given if they name the same number. */
export type PurchaseRequest = {
  /** The holder that the number is for. */
  holder?: string;
  /** The country as two letters, such as `US`. */
  country?: string;
  /** An exact number in E.164. */
  number?: string;
  /** An exact number by its id in the inventory. */
  inventory_id?: string;
  /** An area code of the country, digits only. */
  area_code?: string;
  /** A digit pattern such as `+1415555****`. */
  pattern?: string;
  /** The type of number: `local`, `mobile`, `national` or `toll_free`. */
  number_type?: string;
  /** The currency of the price, such as `USD`. */
  currency?: string;
  /** The key by which a repeat finds this purchase. */
  idempotency_key?: string;
  /** Whether a second purchase within the velocity window is confirmed. */
  confirm_additional?: boolean;
  /** The price that the customer saw. The purchase is refused if the price differs. */
  price_seen?: PriceSeen;
  /** The quote that the purchase follows. The purchase is refused if the quote's terms no longer hold. */
  quote_seen?: QuoteSeen;
};

/** What a request would cost, and whether it would be accepted. */
export type Quote = {
  /** The rules and prices that it was made under. */
  shop: ShopVersion;
  /** When it was made. */
  quoted_at: Timestamp;
  /** From when on it holds no more. */
  expires_at: Timestamp;
  /** Whether every gate passes: then the same request is accepted. */
  acceptable: boolean;
  /** Which number is wanted, if that is clear. */
  selector: Selector | null;
  /** What would be bought, if that is known. */
  item: Item | null;
  /** How it would be paid. */
  payment: PaymentMethod | null;
  /** What it costs, if that is known. */
  price: Price | null;
  /** What to do, all of it, in the order of the gates: the recommended fixes, without those that the others make needless. When all of them are done, the request is accepted; without any one of them it is refused. A fix that only a person can complete (a field to correct, a number to search for) is done first, and then quoted again. Whatever can be done at once is done before anything is waited for. */
  fixes: Array<GateFix>;
  /** Whether doing all of them opens every gate, as far as is known now. Not so where a gate cannot be opened by anybody, or where a person must first say what is meant. */
  fixes_suffice: boolean;
  /** Every gate, in order. */
  gates: Array<GateReport>;
};

/** A part of what a quote promised that is not so now. Null is what there was not, or is not. */
export type QuoteDifference =
  | {
    "field": "id";
    /** The name. */
    seen: QuoteId;
    /** Always null: there is none. */
    now: QuoteId | null;
  }
  | {
    "field": "expires_at";
  } & Changed<Timestamp>
  | {
    "field": "policy";
  } & Changed<string>
  | {
    "field": "policy_version";
  } & Changed<string>
  | {
    "field": "rate_card_version";
  } & Changed<string>
  | {
    "field": "selector";
  } & Changed<Selector | null>
  | {
    "field": "country";
  } & Changed<Country | null>
  | {
    "field": "number_type";
  } & Changed<NumberType | null>
  | {
    "field": "capabilities";
  } & Changed<Capabilities | null>
  | {
    "field": "kyc_tier";
  } & Changed<number | null>
  | {
    "field": "payment";
  } & Changed<PaymentMethod | null>
  | {
    "field": "due_now";
  } & Changed<Money | null>
  | {
    "field": "setup_fee";
  } & Changed<Money | null>
  | {
    "field": "monthly_fee";
  } & Changed<Money | null>
  | {
    "field": "yearly_fee";
  } & Changed<Money | null>
  | {
    "field": "commitment_total";
  } & Changed<Money | null>
  | {
    "field": "minimum_commitment_months";
  } & Changed<number>
  | {
    "field": "lines";
  } & Changed<Array<PriceLine>>
  | {
    "field": "taxes_included";
  } & Changed<Array<PriceLine>>
  | {
    "field": "first_period";
  } & Changed<FirstPeriod | null>
  | {
    "field": "introductory";
  } & Changed<Array<Introductory>>
  | {
    "field": "recurring_lines";
  } & Changed<Array<PriceLine>>
  | {
    "field": "recurring_taxes_included";
  } & Changed<Array<PriceLine>>
  | {
    "field": "exponent";
  } & Changed<number>;

/** A quote. The id is a hash of the content: equal quotes have equal ids. */
export type QuoteId = string;

/** The quote that a purchase follows. Only the promised terms are compared; the quote itself is no evidence that they still hold. */
export type QuoteSeen = {
  /** The id of the quote. */
  id: QuoteId;
  /** The promised terms, as the maker of the quote stored them. Absent: no such quote was stored. Never take them from a client, because the id does not prove them: take them from your own store, or from [`Quote::verify`]. */
  terms?: QuoteTerms;
};

/** What a quote promises. Every field is compared. */
export type QuoteTerms = {
  /** The versions of the policy and the rate card. */
  shop: ShopVersion;
  /** The first instant at which the promise no longer holds. */
  expires_at: Timestamp;
  /** The number that it is for. Absent: the request did not tell. */
  selector: Selector | null;
  /** The item that would be bought. Absent: it was unknown. */
  item: Item | null;
  /** The payment method. Absent: there was none. */
  payment: PaymentMethod | null;
  /** The price. Absent: there was none. */
  price: QuotedPrice | null;
};

/** The price that a quote promises. */
export type QuotedPrice = Price | PriceSeen;

/** A rate: which numbers it matches, and what they cost. If several rates match, the longest prefix wins, then a rate with a type, then the rate with the most capabilities. A card with two rates that this order cannot separate is refused. */
export type Rate = {
  /** The country of the numbers. */
  country: Country;
  /** The type of the numbers. Absent: any. */
  number_type?: NumberType;
  /** The first digits of the numbers, such as `+1415`. Absent: any. */
  prefix?: string;
  /** Capabilities that the numbers have. Absent: any. */
  able_to?: Capabilities;
  /** The first instant at which the rate applies. Absent: no begin. */
  effective_from?: Timestamp;
  /** The end: the rate does not apply at this instant or later. Absent: no end. */
  effective_until?: Timestamp;
  /** The charge taken once. */
  setup_fee: Money;
  /** The recurring charge per month. Zero for a number that is paid by the year. */
  monthly_fee: Money;
  /** The recurring charge per year. Absent: the number is paid by the month. */
  yearly_fee?: Money;
  /** Recurring fees from the n-th number on, in order. */
  tiers?: Array<Tier>;
  /** Charges taken once and passed on to others, such as a regulator's fee. Discounts do not reduce them. */
  other_fees?: Array<OtherFee>;
  /** The least number of months that must be paid. */
  minimum_commitment_months?: number;
  /** The regulatory tier. A larger one needs more verification. */
  kyc_tier: number;
  /** The capabilities of the numbers. */
  capabilities: Capabilities;
};

/** Prices by country, type, prefix and capability, with discounts and taxes. */
export type RateCard = {
  /** The version. A purchase keeps the version it was accepted under. */
  version: string;
  /** The longest lifetime of a quote, in seconds; at least 1. A quote expires sooner if its price changes sooner. */
  quote_lifetime_s: number;
  /** Decimals of a currency where they differ from ISO 4217. They apply to every amount in that currency: of the card, the policy, the plans, the offers and the customer. */
  exponents?: {
    [key in Currency]: number;
  };
  /** The entries. Empty if every offer carries its own price. */
  rates: Array<Rate>;
  /** How a first period is charged up to the customer's billing day. Absent: each number's periods begin at its purchase. */
  proration?: Proration;
  /** The discounts, in order. Each is taken off what the ones before it left. */
  discounts?: Array<Discount>;
  /** The taxes, in order. */
  taxes?: Array<Tax>;
};

/** Why a purchase is refused, with the figures that were compared. A refusal changes nothing. */
export type Rejection =
  | {
    "code": "key_malformed";
    /** Its length in characters. */
    length: number;
    /** The longest that is taken. */
    length_max: number;
  }
  | {
    "code": "key_reused";
  }
  | {
    "code": "request_malformed";
    /** The field of the request. */
    field: string;
    /** What is wrong with it. */
    problem: string;
  }
  | {
    "code": "role_not_allowed";
    /** The actor's role. */
    role: Role;
    /** The roles that may. */
    allowed: Array<Role>;
  }
  | {
    "code": "holder_unknown";
    /** The holder that was named. */
    holder: HolderId;
  }
  | {
    "code": "actor_not_allowed";
    /** The holder that the credential may act for. */
    only_holder: HolderId;
  }
  | {
    "code": "selector_missing";
    /** The way that was begun, if nothing but its country is missing. */
    begun: SelectorKind | null;
    /** The ways to say it. */
    offered: Array<SelectorKind>;
  }
  | {
    "code": "selector_ambiguous";
    /** The ways to say it. */
    offered: Array<SelectorKind>;
  }
  | {
    "code": "selector_not_offered";
    /** The way that was tried. */
    asked: SelectorKind;
    /** The ways to say it. */
    offered: Array<SelectorKind>;
  }
  | {
    "code": "plan_not_paid";
    /** The plan. */
    plan: PlanId | null;
    /** What a person calls it, if it is one of the shop's. */
    title: string | null;
    /** Whether a free one would do. */
    free_suffices: boolean;
  }
  | {
    "code": "number_limit_reached";
    /** Of which numbers. */
    scope: LimitScope;
    /** Held. */
    held: number;
    /** On their way. */
    in_flight: number;
    /** The limit: the lower one of the policy's and the plan's. */
    limit: number;
    /** From when on there is room again if no open checkout is paid; none: never, as long as nothing is released. */
    ends_at: Timestamp | null;
  }
  | {
    "code": "spend_limit_reached";
    /** The period. */
    period: CalendarPeriod;
    /** What was due for everything that was bought in the period. */
    spent: Money;
    /** What is due now. */
    price: Money;
    /** The most. */
    limit: Money;
    /** From when on it fits; none: never. */
    ends_at: Timestamp | null;
  }
  | {
    "code": "pace_limit_reached";
    /** What is counted. */
    pace: Pace;
    /** How long the window is that slides, in seconds; none: a calendar day. */
    window_s: number | null;
    /** How often it was done. */
    count: number;
    /** The limit: one more must stay within it. */
    limit: number;
    /** From when on it can be done again; none: never. */
    ends_at: Timestamp | null;
  }
  | {
    "code": "country_not_sold";
    /** The country. */
    country: Country;
    /** The type that was asked for. */
    number_type: NumberType | null;
    /** The types that are sold there. */
    sold: Array<NumberType>;
  }
  | {
    "code": "not_searched";
    /** The number. */
    number: E164;
  }
  | {
    "code": "number_mismatch";
    /** What was searched for. */
    selector: Selector;
    /** The number. */
    number: E164;
    /** What the two disagree about; at least one thing. */
    mismatches: Array<Mismatch>;
  }
  | {
    "code": "out_of_stock";
    /** What was searched for. */
    selector: Selector;
  }
  | {
    "code": "currency_not_offered";
    /** The currency that was asked for. */
    currency: Currency;
    /** The currencies that the number has a price in. */
    offered: Array<Currency>;
  }
  | {
    "code": "price_too_large";
    /** The price's currency. */
    currency: Currency;
  }
  | {
    "code": "billing_kind_required";
    /** The country. */
    country: Country;
    /** The customer's billing. */
    billing: BillingKind;
    /** The billing that is needed. */
    required: BillingKind;
  }
  | {
    "code": "kyc_required";
    /** For this country. */
    country: Country;
    /** Whose verification it is. */
    subject: KycSubject;
    /** Its tier. */
    tier: number;
    /** The lowest tier that needs KYC. */
    tier_min: number;
    /** How the verification stands. */
    status: KycStatus;
    /** Whether the actor may submit it. */
    may_submit: boolean;
  }
  | {
    "code": "velocity_exceeded";
    /** When the last one was accepted. */
    last_accepted_at: Timestamp;
    /** From when on the next one needs no confirmation. */
    ends_at: Timestamp;
  }
  | {
    "code": "payment_method_missing";
    /** The customer's billing, where it cannot pay for such a number at all; none: a payment method must be on file. */
    billing: BillingKind | null;
  }
  | {
    "code": "insufficient_balance";
    /** What the wallet holds, holds already taken off. */
    available: Money;
    /** What is due now. */
    required: Money;
    /** The difference. */
    missing: Money;
  }
  | {
    "code": "price_changed";
    /** The parts that differ; at least one. */
    differences: Array<PriceDifference>;
  }
  | {
    "code": "quote_outdated";
    /** Its name. */
    id: QuoteId;
    /** What is not as it promised; at least one thing. */
    differences: Array<QuoteDifference>;
  };

/** When a release takes effect. */
export type ReleaseTime = "at_once" | "period_end";

/** One thing to do about a blocked gate, and whose it is to do. */
export type Remedy =
  | {
    "remedy": "use_fresh_key";
    /** The longest that is taken, in characters. */
    length_max: number;
  }
  | {
    "remedy": "correct_field";
    /** The field of the request. */
    field: string;
    /** What about it. */
    correction: Correction;
  }
  | {
    "remedy": "choose_holder";
    /** The holders that the actor may act for. */
    holders: Array<HolderId>;
  }
  | {
    "remedy": "ask_role";
    /** The roles. */
    roles: Array<Role>;
    /** What to ask for. */
    task: RoleTask;
  }
  | {
    "remedy": "choose_selector";
    /** The ways. */
    selectors: Array<SelectorKind>;
  }
  | {
    "remedy": "move_to_plan";
    /** The plan. */
    plan: PlanId;
    /** What a person calls it. */
    title: string;
    /** Its monthly price. */
    monthly_fee: Money;
  }
  | {
    "remedy": "release_numbers";
    /** How many. */
    count: number;
    /** Among which. */
    among: LimitScope;
  }
  | {
    "remedy": "choose_country";
    /** The countries. */
    countries: Array<Country>;
    /** Why these. */
    because: CountryChoice;
  }
  | {
    "remedy": "choose_number_type";
    /** The types. */
    number_types: Array<NumberType>;
    /** The country in which these are sold; absent: it is the type of the number that was asked for. */
    sold_in?: Country;
  }
  | {
    "remedy": "search_first";
    /** The number. */
    number: E164;
  }
  | {
    "remedy": "choose_number";
    /** The numbers, if any are known; otherwise search. */
    numbers: Array<E164>;
  }
  | {
    "remedy": "choose_currency";
    /** The currencies. */
    currencies: Array<Currency>;
  }
  | {
    "remedy": "move_to_billing";
    /** The billing. */
    billing: BillingKind;
  }
  | {
    "remedy": "submit_kyc";
    /** The country. */
    country: Country;
    /** Its tier. */
    tier: number;
    /** Whose verification it is. */
    subject: KycSubject;
    /** The roles that submit them for the actor; absent: the actor does. */
    submitters?: Array<Role>;
  }
  | {
    "remedy": "await_kyc";
    /** The country. */
    country: Country;
    /** Whose verification it is. */
    subject: KycSubject;
  }
  | {
    "remedy": "wait_until";
    /** The instant. */
    at: Timestamp;
    /** What for. */
    reason: WaitReason;
  }
  | {
    "remedy": "confirm_additional";
  }
  | {
    "remedy": "add_payment_method";
  }
  | {
    "remedy": "add_money";
    /** The amount. */
    money: Money;
  }
  | {
    "remedy": "accept_price";
    /** The price, as the request must name it. */
    price: PriceSeen;
    /** The same, as a person is told it. */
    outline: PriceOutline;
  }
  | {
    "remedy": "ask_for_quote";
    /** What it would cost, where that is known. */
    outline?: PriceOutline;
  };

/** The request fields that a fingerprint may cover. */
export type RequestField = "holder" | "selector" | "currency";

/** When an effect without an answer is tried again: after `first_delay_ms`, then after twice as long each time. */
export type Retry = {
  /** The delay before the second attempt, in milliseconds. */
  first_delay_ms: number;
  /** The longest delay, in milliseconds. */
  delay_ms_max: number;
  /** The number of attempts before manual review. */
  attempts_max: number;
};

/** What an actor is in an account. The policy says which roles may buy. */
export type Role = "owner" | "admin" | "member" | "viewer";

/** What somebody in another role is asked for. */
export type RoleTask = "buy" | "submit_kyc";

/** How a fraction of a minor unit is rounded. */
export type Rounding = "half_up" | "half_even" | "down" | "up";

/** A search and its result. */
export type Search = {
  /** What was searched for. */
  selector: Selector;
  /** When the inventory answered. */
  seen_at: Timestamp;
  /** The first instant at which the result no longer counts. */
  expires_at: Timestamp;
  /** The numbers found. Empty: none is for sale. */
  numbers: Array<OfferedNumber>;
};

/** A number is being reserved. */
export type Securing = {
  /** The reservation's attempts. */
  attempts: Attempts;
};

/** Which number a request asks for, parsed. */
export type Selector =
  | {
    "kind": "any";
    /** The country of the number. */
    country: Country;
    /** The type of the number. Absent: any. */
    number_type?: NumberType;
  }
  | {
    "kind": "exact";
    /** The number in E.164. */
    number: E164;
  }
  | {
    "kind": "inventory";
    /** The id in the inventory. */
    inventory_id: InventoryId;
  }
  | {
    "kind": "area_code";
    /** The country of the number. */
    country: Country;
    /** The area code, digits only. */
    area_code: string;
    /** The type of the number. Absent: any. */
    number_type?: NumberType;
  }
  | {
    "kind": "pattern";
    /** The country of the number. */
    country: Country;
    /** The pattern, such as `+1415555****`. */
    pattern: NumberPattern;
    /** The type of the number. Absent: any. */
    number_type?: NumberType;
  };

/** A way to ask for a number. */
export type SelectorKind = "any" | "exact" | "inventory" | "area_code" | "pattern";

/** The documents of a shop, before [`Shop::new`] checks them. */
export type ShopData = {
  /** The rules. */
  policy: Policy;
  /** The prices. */
  rate_card: RateCard;
  /** The plans that customers may subscribe to. Empty if there are none. */
  plans?: Array<Plan>;
};

/** The version of the shop that a quote or a purchase was made under. */
export type ShopVersion = {
  /** `policy.id` of the shop. */
  policy: string;
  /** `policy.version` of the shop. */
  policy_version: string;
  /** `rate_card.version` of the shop. */
  rate_card_version: string;
};

/** A limit on the amounts due at purchases, in one currency and period. */
export type SpendLimit = {
  /** The largest sum of the amounts due. */
  amount: Money;
  /** The period that the sum is over. */
  period: CalendarPeriod;
};

/** The part of an account that a quote reads, as one actor sees it. `Account::standing` makes it, or a client writes it as JSON. It has no keys and no ledger. */
export type Standing = {
  /** Who sends the request. */
  actor?: Actor;
  /** What the customer has agreed with the shop. */
  terms: CustomerTerms;
  /** The wallet's balance per currency, after holds. */
  balances?: Array<Money>;
  /** The numbers held, counted. */
  held?: HeldCounts;
  /** The pending purchases. */
  in_flight?: Array<InFlight>;
  /** Claims and releases in the windows of the rules, oldest first. */
  recent?: Array<Move>;
  /** When the latest completed purchase was accepted. */
  last_accepted_at?: Timestamp | null;
};

/** The state of a purchase. Each state holds only what is true in it. */
export type State =
  | {
    "state": "opening_checkout";
  } & OpeningCheckout
  | {
    "state": "awaiting_payment";
  } & AwaitingPayment
  | {
    "state": "securing";
  } & Securing
  | {
    "state": "charging";
  } & Charging
  | {
    "state": "ordering";
  } & Ordering
  | {
    "state": "unconfirmed";
  } & Unconfirmed
  | {
    "state": "billing";
  } & Billing
  | {
    "state": "compensating";
  } & Compensating
  | {
    "state": "undone";
  } & Undone
  | {
    "state": "needs_review";
  } & NeedsReview
  | {
    "state": "active";
  } & Active
  | {
    "state": "failed";
  } & Failed;

/** A tax on numbers of some countries. It is taken on what is left after the discounts. */
export type Tax = {
  /** The name on the price, as customers read it. */
  label: string;
  /** The countries whose numbers are taxed; empty: all. */
  countries?: Array<Country>;
  /** The rate in hundredths of a percent of the price without tax: 1900 is 19 %. */
  basis_points: number;
  /** Whether prices contain the tax. */
  kind: TaxKind;
  /** What is rounded to whole minor units: each line, or the total. */
  rounded?: TaxRounding;
  /** How a fraction of a minor unit is rounded. */
  rounding?: Rounding;
  /** The first instant of purchases that are taxed. Absent: no begin. */
  effective_from?: Timestamp;
  /** The end: purchases at this instant or later are not taxed. Absent: no end. */
  effective_until?: Timestamp;
};

/** Whether prices contain a tax. */
export type TaxKind = "exclusive" | "inclusive";

/** Where a tax is rounded. */
export type TaxRounding = "line" | "total";

/** The recurring fee from the n-th number on. It replaces the rate's own fee. */
export type Tier = {
  /** The first number that the tier is for, among the numbers held and pending: 11 is bought by a customer with ten. For an uncounted holder only its own numbers are counted. */
  from_number: number;
  /** The recurring charge, in the rate's own period. */
  fee: Money;
};

/** Milliseconds since 1970-01-01T00:00:00Z. Within ±(2⁵³ − 1), so that JSON and JavaScript read the same number. Arithmetic saturates at these ends. */
export type Timestamp = number;

/** The order's reply was lost, and the carrier may have sold the number. */
export type Unconfirmed = {
  /** The number that was ordered. */
  offer: OfferedNumber;
  /** The attempts of the order and of its query together. */
  attempts: Attempts;
  /** The carrier's reason, if it declined a repeat of the unclear order. */
  declined: string | null;
};

/** The remaining steps of an undo, in order: at least one, with the refund last. JSON: a list. */
export type UndoSteps = Array<
  | {
    "undo": "return_reservation";
    /** The reserved number. */
    number: E164;
  }
  | {
    "undo": "return_number";
    /** The provisioned number. */
    number: E164;
  }
  | {
    "undo": "refund";
    /** The amount to return. */
    amount: Money;
  }>;

/** Everything is undone. */
export type Undone = {
  /** The reason of the failure. */
  failure: Failure;
  /** Whether money was refunded. */
  refunded: boolean;
};

/** The guard against accidental second purchases. */
export type Velocity = {
  /** How long after an accepted purchase the next one must be confirmed, in seconds. */
  window_s: number;
};

/** What is waited for. */
export type WaitReason =
  | {
    "kind": "checkouts_end";
    /** How many. */
    count: number;
  }
  | {
    "kind": "spending_fits";
  }
  | {
    "kind": "next_day";
  }
  | {
    "kind": "window_has_room";
  }
  | {
    "kind": "no_confirmation";
  };

/** A country whose numbers the plan knows, by its code of ISO 3166-1. */
export type PlanCountry =
  | "US" | "AG" | "AI" | "AS" | "BB" | "BM" | "BS" | "CA" | "DM" | "DO" | "GD" | "GU" | "JM" | "KN" | "KY"
  | "LC" | "MP" | "MS" | "PR" | "SX" | "TC" | "TT" | "VC" | "VG" | "VI" | "RU" | "KZ" | "EG" | "ZA" | "GR"
  | "NL" | "BE" | "FR" | "ES" | "HU" | "IT" | "VA" | "RO" | "CH" | "AT" | "GB" | "GG" | "IM" | "JE" | "DK"
  | "SE" | "NO" | "SJ" | "PL" | "DE" | "PE" | "MX" | "CU" | "AR" | "BR" | "CL" | "CO" | "VE" | "MY" | "AU"
  | "CC" | "CX" | "ID" | "PH" | "NZ" | "SG" | "TH" | "JP" | "KR" | "VN" | "CN" | "TR" | "IN" | "PK" | "AF"
  | "LK" | "MM" | "IR" | "SS" | "MA" | "EH" | "DZ" | "TN" | "LY" | "GM" | "SN" | "MR" | "ML" | "GN" | "CI"
  | "BF" | "NE" | "TG" | "BJ" | "MU" | "LR" | "SL" | "GH" | "NG" | "TD" | "CF" | "CM" | "CV" | "ST" | "GQ"
  | "GA" | "CG" | "CD" | "AO" | "GW" | "IO" | "AC" | "SC" | "SD" | "RW" | "ET" | "SO" | "DJ" | "KE" | "TZ"
  | "UG" | "BI" | "MZ" | "ZM" | "MG" | "RE" | "YT" | "ZW" | "NA" | "MW" | "LS" | "BW" | "SZ" | "KM" | "SH"
  | "TA" | "ER" | "AW" | "FO" | "GL" | "GI" | "PT" | "LU" | "IE" | "IS" | "AL" | "MT" | "CY" | "FI" | "AX"
  | "BG" | "LT" | "LV" | "EE" | "MD" | "AM" | "BY" | "AD" | "MC" | "SM" | "UA" | "RS" | "ME" | "XK" | "HR"
  | "SI" | "BA" | "MK" | "CZ" | "SK" | "LI" | "FK" | "BZ" | "GT" | "SV" | "HN" | "NI" | "CR" | "PA" | "PM"
  | "HT" | "GP" | "BL" | "MF" | "BO" | "GY" | "EC" | "GF" | "PY" | "MQ" | "SR" | "UY" | "CW" | "BQ" | "TL"
  | "NF" | "BN" | "NR" | "PG" | "TO" | "SB" | "VU" | "FJ" | "PW" | "WF" | "CK" | "NU" | "WS" | "KI" | "NC"
  | "TV" | "PF" | "TK" | "FM" | "MH" | "KP" | "HK" | "MO" | "KH" | "LA" | "BD" | "TW" | "MV" | "LB" | "JO"
  | "SY" | "IQ" | "KW" | "SA" | "YE" | "OM" | "PS" | "AE" | "IL" | "BH" | "QA" | "BT" | "MN" | "NP" | "TJ"
  | "TM" | "AZ" | "GE" | "KG" | "UZ";
